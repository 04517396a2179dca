# Two private Docker Engines, classic store and containerd store, that can run side by side:
# each has its own containerd, data and exec roots, socket and bridge.

docker_socket() { echo "$RUN_DIR/$1.sock"; }
# An interface's name has at most 15 characters.
bridge_of() { [ "$1" = classic ] && echo "sgc${HOME_ID}" || echo "sgd${HOME_ID}"; }
docker_on() { DOCKER_HOST=unix://$(docker_socket "$1") DOCKER_CONFIG=$HOME_DIR/$1/config "$CLIENT/docker" "${@:2}"; }

dockerd_up() {
	! dockerd_answers "$1" || return 0
	ensure_packages
	say "starting the $1 engine"
	dockerd_down "$1"
	mkdir -p "$HOME_DIR/$1"
	client_config "$1"
	make_bridge "$1"
	containerd_config "$1"
	spawn "$1-containerd" containerd --config "$HOME_DIR/$1/containerd.toml"
	wait_for 30 "$1-containerd" test -S "$RUN_DIR/$1-containerd.sock"
	dockerd_config "$1"
	spawn "$1" dockerd --config-file "$HOME_DIR/$1/daemon.json"
	wait_for 60 "$1" docker_on "$1" version
	open_bridges
}

dockerd_answers() {
	live_pid "$HOME_DIR/pid/$1" >/dev/null && docker_on "$1" version >/dev/null 2>&1
}

classic_answers() { dockerd_answers classic; }
containerd_answers() { dockerd_answers containerd; }

dockerd_down() {
	stop "$1"
	stop "$1-containerd"
	unmount_under "$HOME_DIR/$1/"
	unmount_under "$RUN_DIR/$1/"
	rm -f "$(docker_socket "$1")" "$RUN_DIR/$1-containerd.sock" "$HOME_DIR/$1/dockerd.pid"
	[ ! -f "$HOME_DIR/packages.done" ] || close_bridge "$1"
}

# A client configuration of its own, so that builders and logins of the user stay out of it.
client_config() {
	mkdir -p "$HOME_DIR/$1/config/cli-plugins"
	ln -sf "$HOME_DIR/docker-buildx" "$HOME_DIR/$1/config/cli-plugins/docker-buildx"
	[ -f "$HOME_DIR/$1/config/config.json" ] || echo '{}' >"$HOME_DIR/$1/config/config.json"
}

# dockerd would use the system's containerd if one ran, so it is always given ours.
containerd_config() {
	cat >"$HOME_DIR/$1/containerd.toml" <<-TOML
		version = 2
		root = "$HOME_DIR/$1/containerd"
		state = "$RUN_DIR/$1/containerd"
		disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
		[grpc]
		address = "$RUN_DIR/$1-containerd.sock"
		[debug]
		level = "warn"
	TOML
}

dockerd_config() {
	local snapshotter=true no_drop=''
	[ "$1" = containerd ] || snapshotter=false
	# Leaves the machine's own forwarding policy alone; engines before 28 do not know it.
	! "$BIN/dockerd" --help | grep ip-forward-no-drop >/dev/null || no_drop='"ip-forward-no-drop": true,'
	cat >"$HOME_DIR/$1/daemon.json" <<-JSON
		{
		  "features": { "containerd-snapshotter": $snapshotter },
		  "hosts": ["unix://$(docker_socket "$1")"],
		  "containerd": "$RUN_DIR/$1-containerd.sock",
		  "data-root": "$HOME_DIR/$1/data",
		  "exec-root": "$RUN_DIR/$1/exec",
		  "pidfile": "$HOME_DIR/$1/dockerd.pid",
		  "bridge": "$(bridge_of "$1")",
		  "exec-opts": ["native.cgroupdriver=cgroupfs"],
		  "ip6tables": false,
		  $no_drop
		  "userland-proxy": false,
		  "log-level": "warn"
		}
	JSON
}

make_bridge() {
	local bridge net
	bridge=$(bridge_of "$1")
	ip link show "$bridge" >/dev/null 2>&1 || ip link add name "$bridge" type bridge || die "this kernel gives no network bridge"
	net=$(bridge_net "$bridge")
	[ -n "$net" ] || ip addr add "$(free_subnet)" dev "$bridge"
	fix_address "$bridge"
	ip link set "$bridge" up
}

# A bridge without an address of its own takes that of a port, another one whenever a step comes or goes: the other
# steps then send to an address that is gone, and wait until their neighbour tables forget it.
fix_address() {
	local hex
	hex=$(printf %s "$1" | sha256sum | sed -E 's/^(..)(..)(..)(..)(..).*/\1:\2:\3:\4:\5/')
	ip link set dev "$1" address "02:$hex"
}

# The bridge's address with prefix length; empty when there is no such bridge.
bridge_net() { { ip -4 -o addr show dev "$1" 2>/dev/null || true; } | awk '{print $4}'; }

free_subnet() {
	local n taken
	taken=$(ip -4 -o addr; ip -4 route)
	for n in $(seq 201 240); do
		grep -qE "(^| )10\.$n\." <<<"$taken" || { echo "10.$n.0.1/24"; return; }
	done
	die "no free 10.x network for a bridge"
}

# A dockerd that starts resets FORWARD to DROP and flushes the chains of the other one, whose RUN
# steps would then hang in name resolution: accept both bridges before any of Docker's chains.
open_bridges() {
	local kind bridge net
	for kind in classic containerd; do
		bridge=$(bridge_of $kind)
		net=$(bridge_net "$bridge")
		[ -n "$net" ] || continue
		close_rules "$bridge" "$net"
		ipt -I FORWARD -i "$bridge" -j ACCEPT
		ipt -I FORWARD -o "$bridge" -j ACCEPT
		ipt -t nat -A POSTROUTING -s "$net" ! -o "$bridge" -m comment --comment stagegate -j MASQUERADE
	done
}

close_rules() {
	ipt -D FORWARD -i "$1" -j ACCEPT 2>/dev/null || true
	ipt -D FORWARD -o "$1" -j ACCEPT 2>/dev/null || true
	ipt -t nat -D POSTROUTING -s "$2" ! -o "$1" -m comment --comment stagegate -j MASQUERADE 2>/dev/null || true
}

close_bridge() {
	local bridge net
	bridge=$(bridge_of "$1")
	net=$(bridge_net "$bridge")
	[ -n "$net" ] || return 0
	close_rules "$bridge" "$net"
	ip link del "$bridge" 2>/dev/null || true
}
