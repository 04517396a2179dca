# Reads Debian packages without touching the machine's own apt: private lists, packages unpacked
# into a folder, addresses taken from the machine's configuration.
# Environment: STAGEGATE_DEBIAN_MIRROR, a Debian archive's address for machines that have none.

# All binary sources of the machine, one a line: URI SUITE SIGNED-BY COMPONENTS...
machine_sources() {
	local file
	for file in /etc/apt/sources.list.d/*.sources; do
		[ -f "$file" ] && deb822_sources <"$file"
	done
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
		[ -f "$file" ] && oneline_sources <"$file"
	done
	return 0
}

deb822_sources() {
	awk '
		function flush(  u, s, i, j) {
			if (f["types"] ~ /(^| )deb( |$)/ && tolower(f["enabled"]) != "no") {
				if (f["signed-by"] !~ /^ *\//) f["signed-by"] = "-"
				sub(/^ */, "", f["signed-by"]); gsub(/[ ,]+/, ",", f["signed-by"])
				split(f["uris"], u, " "); split(f["suites"], s, " ")
				for (i in u) for (j in s) print u[i], s[j], f["signed-by"], f["components"]
			}
			delete f
		}
		/^#/ { next }
		/^[ \t]*$/ { flush(); next }
		/^[ \t]/ { f[key] = f[key] " " $0; next }
		{ key = tolower($0); sub(/:.*/, "", key); sub(/^[^:]*:[ \t]*/, ""); f[key] = $0 }
		END { flush() }'
}

oneline_sources() {
	sed -n 's/^[ \t]*deb[ \t]\+//p' | while read -r line; do
		local signed=-
		case $line in
		\[*)
			signed=$(sed -n 's/^\[[^]]*signed-by=\([^] ]*\).*/\1/p' <<<"$line")
			line=${line#*]}
			;;
		esac
		read -r uri suite components <<<"${line%%#*}"
		echo "$uri $suite ${signed:--} $components"
	done
}

release_field() { (. /etc/os-release && eval "echo \"\${$1:-}\""); }

# The sources of the machine's own release (not of third parties): suite is the codename or begins with it.
own_sources() {
	local code
	code=$(release_field VERSION_CODENAME)
	machine_sources | awk -v c="$code" '$2 == c || index($2, c "-") == 1 || $2 ~ /^(stable|testing|unstable|sid)/'
}

# The Debian archive's "URI SIGNED-BY", as this machine reaches it.
debian_archive() {
	local found
	if [ -n "${STAGEGATE_DEBIAN_MIRROR:-}" ]; then
		echo "$STAGEGATE_DEBIAN_MIRROR $(archive_keyring)"
		return
	fi
	found=$(own_sources | awk '/ main( |$)/ && $2 !~ /[-\/]/ && !n++ { print $1, $3 }')
	[ "$(release_field ID)" = debian ] && [ -n "$found" ] ||
		die "no Debian archive among this machine's apt sources; set STAGEGATE_DEBIAN_MIRROR to one"
	[ "${found#* }" != - ] || found="${found% *} $(archive_keyring)"
	echo "$found"
}

archive_keyring() {
	[ -f /usr/share/keyrings/debian-archive-keyring.gpg ] || die "debian-archive-keyring is not installed"
	echo /usr/share/keyrings/debian-archive-keyring.gpg
}

# Sources of one Debian suite, in apt's one-line form. bookworm brings its updates and security
# fixes along where the machine's own sources name them.
suite_sources() {
	local archive
	archive=$(debian_archive)
	echo "deb [signed-by=${archive#* }] ${archive% *} $1 main"
	machine_sources | awk -v s="$1" 'index($2, s "-") == 1 && / main( |$)/ && $2 !~ /backports/ {
		print "deb " ($3 == "-" ? "" : "[signed-by=" $3 "] ") $1, $2, "main" }'
}

release_sources() {
	own_sources | while read -r uri suite signed components; do
		[ "$signed" = - ] && echo "deb $uri $suite $components" || echo "deb [signed-by=$signed] $uri $suite $components"
	done
}

# apt_view NAME: a private view over the sources on stdin, its index fetched when older than a day.
apt_view() {
	local dir=$HOME_DIR/apt/$1 sources
	sources=$(cat)
	mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
	if [ -n "$(find "$dir/fresh" -mmin -1440 2>/dev/null)" ] && [ "$(cat "$dir/sources.list")" = "$sources" ]; then
		return
	fi
	echo "$sources" >"$dir/sources.list"
	view_settings "$dir" >"$dir/apt.conf"
	APT_CONFIG=$dir/apt.conf apt-get -qq update >&2 || die "could not read the package lists for $1"
	APT_CONFIG=$dir/apt.conf apt-cache -q gencaches >/dev/null
	touch "$dir/fresh"
}

# The machine's settings are left out (its hooks would run, its lack of a package cache makes each
# call take seconds) except how it reaches the network. Snapshots are out of date by nature.
view_settings() {
	apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv[46])\b.* ".+"' || true
	cat <<-CONF
		Dir::Etc::main "/dev/null";
		Dir::Etc::parts "/dev/null";
		Dir::Etc::sourcelist "$1/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State::Lists "$1/lists";
		Dir::State::status "/dev/null";
		Dir::Cache "$1/cache";
		Acquire::Languages "none";
		Acquire::Check-Valid-Until "false";
		Acquire::Check-Date "false";
		APT::Sandbox::User "root";
	CONF
}

# candidate VIEW PACKAGE: the upstream version offered, without epoch and Debian revision; empty if none.
candidate() {
	APT_CONFIG=$HOME_DIR/apt/$1/apt.conf apt-cache policy "$2" | sed -n 's/^ *Candidate: \([0-9]*:\)\?\([0-9.]*\).*/\2/p'
}

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$2" ]; }

# download VIEW DIR PACKAGE...: the .deb files, into DIR.
download() {
	local view=$1 dir=$2
	shift 2
	mkdir -p "$dir"
	(cd "$dir" && APT_CONFIG=$HOME_DIR/apt/$view/apt.conf apt-get -qq download "$@" >&2) ||
		die "could not download: $*"
}

# unpack VIEW ROOT PACKAGE...: the packages' files under ROOT; no maintainer script runs.
unpack() {
	local view=$1 root=$2 debs deb
	shift 2
	debs=$(mktemp -d "$HOME_DIR/debs.XXXXXX")
	download "$view" "$debs" "$@"
	mkdir -p "$root"
	for deb in "$debs"/*.deb; do dpkg -x "$deb" "$root"; done
	rm -r "$debs"
}
