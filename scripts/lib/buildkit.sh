# Builders outside a Docker Engine: buildkitd on this machine behind a remote builder, and the
# same buildkitd as the image that buildx's docker-container driver boots.

buildkitd_config() {
	mkdir -p "$HOME_DIR/$1"
	cat >"$HOME_DIR/$1/buildkitd.toml" <<-TOML
		[registry."docker.io"]
		mirrors = ["$REGISTRY"]
		[registry."gcr.io"]
		mirrors = ["$REGISTRY"]
		[registry."$REGISTRY"]
		http = true
	TOML
}

buildx_of() { BUILDX_CONFIG=$HOME_DIR/$1/config/buildx docker_as "$1" buildx "${@:2}"; }
docker_as() { DOCKER_HOST=unix://$(docker_socket containerd) DOCKER_CONFIG=$HOME_DIR/$1/config "$CLIENT/docker" "${@:2}"; }

remote_answers() {
	live_pid "$HOME_DIR/pid/remote" >/dev/null && "$HOME_DIR/go-bin/buildctl" --addr "unix://$RUN_DIR/buildkitd.sock" debug workers >/dev/null 2>&1
}

# The containerd engine is what fills the registry, and where `--load` puts an image.
remote_up() {
	dockerd_up containerd
	registry_up
	! remote_answers || return 0
	stop remote
	say "starting buildkitd"
	go_build cmd/buildkitd cmd/buildctl
	client_config remote
	buildkitd_config remote
	cat >>"$HOME_DIR/remote/buildkitd.toml" <<-TOML
		[worker.containerd]
		enabled = false
	TOML
	rm -f "$RUN_DIR/buildkitd.sock"
	spawn remote "$HOME_DIR/go-bin/buildkitd" --config "$HOME_DIR/remote/buildkitd.toml" \
		--root "$HOME_DIR/remote/data" --addr "unix://$RUN_DIR/buildkitd.sock" --oci-worker-binary "$BIN/runc"
	wait_for 30 remote remote_answers
	buildx_of remote inspect stagegate-remote >/dev/null 2>&1 ||
		buildx_of remote create --name stagegate-remote --driver remote "unix://$RUN_DIR/buildkitd.sock" >/dev/null
}

remote_down() {
	stop remote
	unmount_under "$HOME_DIR/remote/"
	rm -f "$RUN_DIR/buildkitd.sock"
}

CONTAINER_NAME=buildx_buildkit_stagegate-container0
BUILDER_IMAGE=moby/buildkit:buildx-stable-1

container_answers() {
	dockerd_answers containerd &&
		[ "$(docker_on containerd inspect -f '{{.State.Running}}' $CONTAINER_NAME 2>/dev/null)" = true ]
}

container_up() {
	dockerd_up containerd
	registry_up
	! container_answers || return 0
	say "starting the docker-container builder"
	client_config container
	docker_on containerd image inspect $BUILDER_IMAGE >/dev/null 2>&1 || builder_image
	buildkitd_config container
	# The host's network, or the container would not see the registry on the loopback address.
	buildx_of container inspect stagegate-container >/dev/null 2>&1 ||
		buildx_of container create --name stagegate-container --driver docker-container --driver-opt network=host \
			--buildkitd-config "$HOME_DIR/container/buildkitd.toml" "unix://$(docker_socket containerd)" >/dev/null
	buildx_of container inspect --bootstrap stagegate-container >"$HOME_DIR/log/container.log" 2>&1 ||
		die "the docker-container builder did not start, see $HOME_DIR/log/container.log"
}

container_down() {
	! container_answers || docker_on containerd stop $CONTAINER_NAME >/dev/null
}

# The image that the driver boots, from our own buildkitd on the Debian stand-in.
builder_image() {
	go_build cmd/buildkitd cmd/buildctl
	STAGEGATE_BASES=debian "$here/base-images" containerd
	docker_on containerd buildx build -q --provenance=false -t $BUILDER_IMAGE -f - "$HOME_DIR/go-bin" >/dev/null <<-'DOCKERFILE' ||
		FROM debian:bookworm-slim
		RUN apt-get update && apt-get install -y --no-install-recommends runc ca-certificates && rm -rf /var/lib/apt/lists/*
		COPY buildkitd buildctl /usr/bin/
		VOLUME /var/lib/buildkit
		ENTRYPOINT ["buildkitd"]
	DOCKERFILE
		die "could not build the image of the docker-container builder"
}
