# A loopback registry that stands in for the public ones: builders outside a Docker Engine cannot
# see its local images, but BuildKit can be told to read docker.io and gcr.io from a mirror.

# The builders' configuration names the port, so it stays the one that was chosen first.
REGISTRY_PORT=${STAGEGATE_REGISTRY_PORT:-$(cat "$HOME_DIR/registry/port" 2>/dev/null || echo 5407)}
REGISTRY=127.0.0.1:$REGISTRY_PORT

registry_up() {
	! registry_answers || return 0
	stop registry
	install_registry
	mkdir -p "$HOME_DIR/registry"
	choose_port
	cat >"$HOME_DIR/registry/config.yml" <<-YAML
		version: 0.1
		log: { level: warn }
		storage: { filesystem: { rootdirectory: $HOME_DIR/registry/data }, delete: { enabled: true } }
		http: { addr: $REGISTRY }
	YAML
	spawn registry docker-registry serve "$HOME_DIR/registry/config.yml"
	wait_for 15 registry registry_listens
}

# Debian's docker-registry, unpacked into the private home.
install_registry() {
	local view=release
	[ ! -x "$BIN/docker-registry" ] || return 0
	release_sources | apt_view release
	if [ -z "$(candidate release docker-registry)" ]; then
		suite_sources testing | apt_view testing
		view=testing
	fi
	unpack $view "$SYSTEM" docker-registry
	mkdir -p "$BIN"
	ln -sf "$SYSTEM/usr/bin/docker-registry" "$BIN/docker-registry"
}

choose_port() {
	while [ ! -s "$HOME_DIR/registry/port" ] && registry_listens; do REGISTRY_PORT=$((REGISTRY_PORT + 1)); done
	! registry_listens || die "port $REGISTRY_PORT is taken; set STAGEGATE_REGISTRY_PORT to a free one"
	REGISTRY=127.0.0.1:$REGISTRY_PORT
	echo "$REGISTRY_PORT" >"$HOME_DIR/registry/port"
}

registry_answers() { live_pid "$HOME_DIR/pid/registry" >/dev/null && registry_listens; }
registry_listens() { (exec 3<>"/dev/tcp/127.0.0.1/$REGISTRY_PORT") 2>/dev/null; }
registry_down() { stop registry; }

# docker.io/library/busybox:1.37 → 127.0.0.1:PORT/library/busybox:1.37: a mirror is asked without the host's name.
mirrored_name() {
	local full
	full=$(full_name "$1")
	echo "$REGISTRY/${full#*/}"
}

# What the registry holds is remembered in a file beside its data, so that a second look is quick.
load_into_registry() {
	local base reference held=$HOME_DIR/registry/held-$BASES_EDITION
	registry_up
	touch "$held"
	for base in $(wanted_bases); do
		grep -qxF "$base" "$held" || push_base "$base" "$held"
	done
}

push_base() {
	local reference name
	STAGEGATE_BASES=$1 load_kind containerd
	for reference in $(references_of "$1"); do
		name=$(mirrored_name "$reference")
		docker_on containerd tag "$reference" "$name"
		docker_on containerd push -q "$name" >/dev/null || die "the loopback registry did not take $reference"
		docker_on containerd rmi "$name" >/dev/null
	done
	echo "$1" >>"$2"
}
