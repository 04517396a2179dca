# Docker Engine, buildx, runc and iptables as Debian packages, unpacked into the private home.

SYSTEM=$HOME_DIR/system
BIN=$HOME_DIR/bin
CLIENT=$HOME_DIR/client

ensure_packages() {
	[ ! -f "$HOME_DIR/packages.done" ] || return 0
	say "unpacking Docker Engine into $HOME_DIR"
	release_sources | apt_view release
	local engine=release
	if ! engine_is_good release; then
		[ "$(release_field ID)" = debian ] ||
			die "this release offers no docker.io >= 25 with docker-buildx >= 0.14; install Docker yourself"
		suite_sources testing | apt_view testing
		engine_is_good testing || die "Debian testing, as this machine sees it, has no docker.io >= 25 with docker-buildx >= 0.14"
		engine=testing
	fi
	unpack "$engine" "$SYSTEM" docker.io docker-buildx containerd $(cli_package "$engine")
	# runc links the C library, so it must be the machine's own release's: testing's fails inside
	# each step. tini is what docker-init is a link to.
	unpack release "$SYSTEM" runc tini
	link_programs
	ensure_iptables
	touch "$HOME_DIR/packages.done"
}

engine_is_good() {
	local buildx
	buildx=$(candidate "$1" docker-buildx)
	[ -n "$buildx" ] && at_least "$buildx" 0.14 && at_least "$(candidate "$1" docker.io)" 25
}

# The client is a package of its own where the release splits it off.
cli_package() { [ -z "$(candidate "$1" docker-cli)" ] || echo docker-cli; }

link_programs() {
	local program found buildx
	mkdir -p "$BIN" "$CLIENT"
	for program in dockerd docker-init tini-static containerd containerd-shim-runc-v2 runc; do
		found=$(find "$SYSTEM/usr" -path "*bin/$program" ! -xtype l -print -quit)
		[ -n "$found" ] || die "the packages have no $program"
		ln -sf "$found" "$BIN/$program"
	done
	ln -sf "$SYSTEM/usr/bin/docker" "$CLIENT/docker"
	buildx=$(find "$SYSTEM/usr" -path '*cli-plugins/docker-buildx' -print -quit)
	[ -n "$buildx" ] || die "the packages have no docker-buildx plugin"
	ln -sf "$buildx" "$HOME_DIR/docker-buildx"
}

# The machine's own iptables wins, so that our rules land where its firewall's are. Else Debian's,
# in whichever flavour (nft or legacy) this kernel has.
ensure_iptables() {
	local flavour tool
	! iptables_works iptables || return 0
	unpack release "$SYSTEM" iptables libxtables12 libip4tc2 libip6tc2 libnetfilter-conntrack3 libnfnetlink0 libmnl0 libnftnl11
	for flavour in nft legacy; do
		for tool in iptables ip6tables; do iptables_wrapper $flavour $tool; done
		! iptables_works "$BIN/iptables" || return 0
	done
	rm -f "$BIN/iptables" "$BIN/ip6tables"
	die "neither nft nor legacy iptables works on this kernel; RUN steps could not reach the network"
}

iptables_wrapper() {
	local libs
	libs=$(dirname "$(find "$SYSTEM/usr/lib" -name 'libxtables.so*' -print -quit)")
	cat >"$BIN/$2" <<-SH
		#!/bin/sh
		export LD_LIBRARY_PATH="$libs" XTABLES_LIBDIR="$libs/xtables"
		exec "$SYSTEM/usr/sbin/xtables-$1-multi" $2 "\$@"
	SH
	chmod +x "$BIN/$2"
}

# What Docker itself needs of it: address translation, connection states, address types.
iptables_works() {
	local chain=STAGEGATE-TRY ok=1
	"$1" -w -t nat -N $chain 2>/dev/null || return 1
	"$1" -w -t nat -A $chain -m addrtype --dst-type LOCAL -m conntrack --ctstate ESTABLISHED -j RETURN 2>/dev/null &&
		"$1" -w -t nat -A $chain -s 192.0.2.0/24 -j MASQUERADE 2>/dev/null && ok=0
	"$1" -w -t nat -F $chain
	"$1" -w -t nat -X $chain
	return $ok
}

ipt() { PATH=$BIN:/usr/sbin:/sbin:$PATH iptables -w "$@"; }
