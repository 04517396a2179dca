# A real workflow runner for tests: nektos/act from the Go module proxy, and the Node.js that actions run on from npm.

ACT_VERSION=v0.2.89
ACTION_NODE=24.21.0

runner_up() {
	install_act
	install_action_node
}

install_act() {
	local go
	[ ! -x "$HOME_DIR/runner/act-$ACT_VERSION/act" ] || return 0
	go=$(find_go)
	say "building act $ACT_VERSION from source"
	mkdir -p "$HOME_DIR/runner"
	GOBIN="$HOME_DIR/runner/act-$ACT_VERSION" CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=mod "$go" install -trimpath \
		"github.com/nektos/act@$ACT_VERSION" >"$HOME_DIR/log/act.log" 2>&1 || die "could not build act, see $HOME_DIR/log/act.log"
}

# npm's package of Node.js holds nothing but the program.
install_action_node() {
	local machine work
	[ ! -x "$HOME_DIR/runner/node-$ACTION_NODE/bin/node" ] || return 0
	case $(uname -m) in x86_64) machine=x64 ;; aarch64) machine=arm64 ;; *) die "no Node.js $ACTION_NODE for $(uname -m)" ;; esac
	say "fetching Node.js $ACTION_NODE"
	work=$(mktemp -d "$HOME_DIR/work.XXXXXX")
	(cd "$work" && npm pack --silent "node-linux-$machine@$ACTION_NODE" >/dev/null) || die "npm has no node-linux-$machine@$ACTION_NODE"
	tar -xzf "$work"/*.tgz -C "$work"
	mkdir -p "$HOME_DIR/runner/node-$ACTION_NODE/bin"
	mv "$work/package/bin/node" "$HOME_DIR/runner/node-$ACTION_NODE/bin/node"
	rm -r "$work"
}

runner_env() {
	printf 'export STAGEGATE_ACT=%q\n' "$HOME_DIR/runner/act-$ACT_VERSION/act"
	printf 'export STAGEGATE_ACTION_NODE=%q\n' "$HOME_DIR/runner/node-$ACTION_NODE/bin/node"
}
