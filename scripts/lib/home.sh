# Where the private engine keeps its things, and the small pieces every rig script shares.
# Environment: STAGEGATE_ENGINE_HOME moves the one folder everything lives in.

HOME_DIR=${STAGEGATE_ENGINE_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/stagegate-engine}
KINDS="classic containerd container remote"

die() {
	echo "${0##*/}: $*" >&2
	exit 1
}

# What nobody foresaw still says where it stopped.
set -E
trap 'echo "${0##*/}: gave up at: $BASH_COMMAND (${BASH_SOURCE[0]##*/}:$LINENO)" >&2' ERR

say() { echo "${0##*/}: $*" >&2; }

# Makes the folders, once they are needed. Sockets go elsewhere when the home's path is long:
# a Unix socket's path must stay under 108 bytes.
make_home() {
	[ "$(id -u)" = 0 ] || die "a private Docker Engine needs root; run as root or start Docker yourself"
	mkdir -p "$HOME_DIR" "$RUN_DIR"
	chmod 700 "$RUN_DIR"
}

# A short name of this home, for what is shared by the whole machine, such as bridges.
HOME_ID=$(printf %s "$HOME_DIR" | cksum | cut -d' ' -f1)
RUN_DIR=$HOME_DIR/run
[ ${#RUN_DIR} -le 70 ] || RUN_DIR=/tmp/stagegate-$HOME_ID

# One rig script at a time changes the home; the others wait. Daemons must not inherit fd 9.
lock_home() {
	[ -z "${STAGEGATE_ENGINE_LOCKED:-}" ] || return 0
	exec 9>"$HOME_DIR/lock"
	flock -n 9 || say "waiting for another run to finish"
	flock -w 1800 9 || die "another run has held $HOME_DIR/lock for half an hour"
	export STAGEGATE_ENGINE_LOCKED=1
	# What an interrupted run left half done.
	unmount_under "$HOME_DIR/work."
	rm -rf --one-file-system "$HOME_DIR"/{work,image,debs}.??????
}

is_kind() {
	case " $KINDS " in *" $1 "*) ;; *) die "unknown kind '$1', use one of: $KINDS" ;; esac
}

# The pid in a pid file if that process is still ours: a pid is reused after a reboot, so the
# command line must name our home.
live_pid() {
	local pid
	[ -s "$1" ] || return 1
	read -r pid <"$1"
	[ -r "/proc/$pid/cmdline" ] || return 1
	tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -e "$HOME_DIR" -e "$RUN_DIR" || return 1
	echo "$pid"
}

# spawn NAME COMMAND...: a daemon in a session of its own, its output in a log, its pid in a file.
spawn() {
	local name=$1
	shift
	mkdir -p "$HOME_DIR/log" "$HOME_DIR/pid"
	# Not in the folder of whoever starts it: a checkout that is removed later would take the daemon's ground away.
	PATH=$HOME_DIR/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		setsid nohup env --chdir=/ -u STAGEGATE_ENGINE_LOCKED "$@" \
		>"$HOME_DIR/log/$name.log" 2>&1 </dev/null 9>&- &
	echo $! >"$HOME_DIR/pid/$name"
}

# stop NAME: ends that daemon and waits for it.
stop() {
	local pid try
	if pid=$(live_pid "$HOME_DIR/pid/$1"); then
		kill "$pid"
		for try in $(seq 150); do
			[ -d "/proc/$pid" ] || break
			[ "$try" != 120 ] || kill -9 "$pid" 2>/dev/null || true
			sleep 0.1
		done
	fi
	rm -f "$HOME_DIR/pid/$1"
}

# wait_for SECONDS NAME COMMAND...: until the command succeeds; the daemon's last words if it dies.
wait_for() {
	local seconds=$1 name=$2 try
	shift 2
	for try in $(seq $((seconds * 10))); do
		! "$@" >/dev/null 2>&1 || return 0
		# Not live_pid: for a moment the new process still has this script's command line.
		[ -d "/proc/$(cat "$HOME_DIR/pid/$name")" ] || break
		sleep 0.1
	done
	tail -5 "$HOME_DIR/log/$name.log" >&2
	die "$name did not start, see $HOME_DIR/log/$name.log"
}

# unmount_under PREFIX: everything mounted on a path that begins so.
unmount_under() {
	local point
	awk '{print $2}' /proc/mounts | sort -r | while read -r point; do
		case $point in "$1"*) umount -l "$point" || true ;; esac
	done
}
