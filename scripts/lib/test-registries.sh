# Two registries for tests on the loopback address: one that anybody may use, one behind a name and a password.

# Chosen at the first start and kept.
TEST_REGISTRIES="open locked"
LOCKED_USER=tester
LOCKED_PASSWORD=no-secret-at-all

test_registry_up() {
	local kind=$1 dir=$HOME_DIR/test-registry-$1
	! test_registry_answers "$kind" || return 0
	stop "test-registry-$kind"
	mkdir -p "$dir"
	# What earlier runs pushed is of no use.
	rm -rf "$dir/data"
	choose_test_port "$kind"
	test_registry_config "$kind" >"$dir/config.yml"
	spawn "test-registry-$kind" "$BIN/docker-registry" serve "$dir/config.yml"
	wait_for 15 "test-registry-$kind" test_port_listens "$(test_port "$kind")"
}

test_registry_config() {
	local dir=$HOME_DIR/test-registry-$1
	cat <<-YAML
		version: 0.1
		log: { level: warn }
		storage: { filesystem: { rootdirectory: $dir/data } }
		http: { addr: 127.0.0.1:$(test_port "$1") }
	YAML
	[ "$1" = locked ] || return 0
	# bcrypt of the password above: no htpasswd program is needed.
	echo "$LOCKED_USER:"'$2y$05$stagegatestagegatestaestH9GQijkO6R5e1XOdkTlK/mN7lsMEi' >"$dir/htpasswd"
	echo "auth: { htpasswd: { realm: test, path: $dir/htpasswd } }"
}

choose_test_port() {
	local port=5427 file=$HOME_DIR/test-registry-$1/port
	[ ! -s "$file" ] || ! test_port_listens "$(cat "$file")" || rm "$file"
	[ ! -s "$file" ] || return 0
	while test_port_listens $port || grep -qsx $port "$HOME_DIR"/test-registry-*/port; do port=$((port + 1)); done
	echo $port >"$file"
}

test_port() { cat "$HOME_DIR/test-registry-$1/port"; }
test_port_listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

test_registry_answers() {
	live_pid "$HOME_DIR/pid/test-registry-$1" >/dev/null && test_port_listens "$(test_port "$1")"
}

test_registry_env() {
	printf 'export STAGEGATE_OPEN_REGISTRY=127.0.0.1:%q\n' "$(test_port open)"
	printf 'export STAGEGATE_LOCKED_REGISTRY=127.0.0.1:%q\n' "$(test_port locked)"
	printf 'export STAGEGATE_LOCKED_USER=%q\n' "$LOCKED_USER"
	printf 'export STAGEGATE_LOCKED_PASSWORD=%q\n' "$LOCKED_PASSWORD"
}
