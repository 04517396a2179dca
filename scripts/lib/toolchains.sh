# Stand-ins that run package managers: built on the Debian stand-in by the private containerd
# engine, with this machine's registries as their defaults so that RUN steps reach them.

# toolchain_image NAME OUT REFERENCE: NAME_context fills the folder, NAME_dockerfile says the rest.
toolchain_image() {
	local work function=${1//-/_}
	work=$(scratch_folder)
	mkdir -p "$work/settings"
	[ "$1" = python ] || machine_certificates "$work/settings/usr/local/share/ca-certificates"
	"${function}_context" "$work"
	"${function}_dockerfile" >"$work/Dockerfile"
	docker_on containerd buildx build --progress=plain --provenance=false \
		--output "type=docker,dest=$2.part,name=$(full_name "$3")" "$work" >"$HOME_DIR/log/base-$1.log" 2>&1 ||
		die "could not build the stand-in for $3, see $HOME_DIR/log/base-$1.log"
	mv "$2.part" "$2"
	rm -r "$work"
}

# Certificates that this machine's owner added, for instance of a proxy that opens TLS.
machine_certificates() {
	mkdir -p "$1"
	! ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1 || cp /usr/local/share/ca-certificates/*.crt "$1"
}

has_own_certificates() { ls "$1"/settings/usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; }
BUNDLE=/etc/ssl/certs/ca-certificates.crt

# An address with a user or token in it stays out of the image.
without_credentials() { grep -Ev '://[^/ ]*@|_auth|[Tt]oken|[Pp]assword' || true; }

from_debian() {
	cat <<-DOCKERFILE
		FROM debian:bookworm-slim
		COPY settings/ /
		RUN apt-get update && apt-get install -y --no-install-recommends $* && rm -rf /var/lib/apt/lists/*
	DOCKERFILE
}

golang_context() {
	ensure_private_go
	cp -a "$HOME_DIR/go" "$1/go"
	find "$1/go/src" -depth -type d -name testdata -exec rm -rf {} +
	# go.env is where a toolchain's defaults are; the environment of a step still wins.
	local name value
	for name in GOPROXY GOSUMDB GONOSUMDB GONOPROXY; do
		value=$(go env $name 2>/dev/null || true)
		[ -z "${value:-${!name:-}}" ] || echo "$name=${value:-${!name:-}}"
	done | without_credentials >"$1/machine.env"
	awk -F= '!/^#/ && !seen[$1]++' "$1/machine.env" "$HOME_DIR/go/go.env" >"$1/go/go.env"
}

golang_dockerfile() {
	from_debian ca-certificates
	cat <<-DOCKERFILE
		ENV GOLANG_VERSION=$(sed -n '1s/^go//p' "$HOME_DIR/go/VERSION")
		ENV GOTOOLCHAIN=local
		ENV GOPATH=/go
		ENV PATH=\$GOPATH/bin:/usr/local/go/bin:\$PATH
		COPY go/ /usr/local/go/
		RUN mkdir -p "\$GOPATH/src" "\$GOPATH/bin" && chmod -R 1777 "\$GOPATH"
		WORKDIR \$GOPATH
	DOCKERFILE
}

NODE_MAJOR=22

# Node from the npm package that carries its official binary: Debian's is too old for the tag.
node_context() {
	local arch file
	case $(dpkg --print-architecture) in amd64) arch=x64 ;; *) arch=$(dpkg --print-architecture) ;; esac
	command -v npm >/dev/null || die "npm is not on PATH; the Node stand-in is made with it"
	mkdir -p "$1/local/bin" "$1/local/lib/node_modules/npm" "$1/node"
	(cd "$1" && npm pack --silent "node-linux-$arch@$(npm_newest "node-linux-$arch@$NODE_MAJOR")" "npm@$(npm_newest npm@10)" >/dev/null) ||
		die "could not download Node $NODE_MAJOR and npm from this machine's npm registry"
	tar -xzf "$1"/node-linux-*.tgz -C "$1/node" --strip-components=1
	tar -xzf "$1"/npm-*.tgz -C "$1/local/lib/node_modules/npm" --strip-components=1
	mv "$1/node/bin/node" "$1/local/bin/node"
	ln -s node "$1/local/bin/nodejs"
	for file in npm npx; do ln -s "../lib/node_modules/npm/bin/$file-cli.js" "$1/local/bin/$file"; done
	node_entrypoint >"$1/local/bin/docker-entrypoint.sh"
	chmod +x "$1"/local/bin/*
	npm_settings "$1" >"$1/npmrc"
	rm -rf "$1/node" "$1"/*.tgz
}

npm_newest() { npm view --silent --json "$1" version | tr -d '[]" ,' | sort -V | tail -1; }

npm_settings() {
	echo "registry=$(npm config get registry 2>/dev/null)" | without_credentials
	! has_own_certificates "$1" || echo "cafile=$BUNDLE"
	echo update-notifier=false
}

node_entrypoint() {
	cat <<-'SH'
		#!/bin/sh
		set -e
		if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ] || { [ -f "${1}" ] && ! [ -x "${1}" ]; }; then
		  set -- node "$@"
		fi
		exec "$@"
	SH
}

# The official slim image has no ca-certificates; npm is told where the machine's bundle lies.
node_dockerfile() {
	from_debian ca-certificates libstdc++6
	cat <<-DOCKERFILE
		RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
		COPY local/ /usr/local/
		COPY npmrc /usr/local/etc/npmrc
		ENV NODE_VERSION=$NODE_MAJOR
		ENTRYPOINT ["docker-entrypoint.sh"]
		CMD ["node"]
	DOCKERFILE
}

pip_settings() {
	local file
	echo '[global]'
	! has_own_certificates "$1" || echo "cert = $BUNDLE"
	[ -z "${PIP_INDEX_URL:-}" ] || echo "index-url = $PIP_INDEX_URL"
	[ -z "${PIP_EXTRA_INDEX_URL:-}" ] || echo "extra-index-url = $PIP_EXTRA_INDEX_URL"
	for file in /etc/pip.conf ~/.pip/pip.conf ~/.config/pip/pip.conf; do
		[ ! -f "$file" ] || grep -E '^ *((extra-)?index-url|trusted-host) *=' "$file" || true
	done
}

python_slim_context() {
	mkdir -p "$1/settings/etc"
	pip_settings "$1" | without_credentials >"$1/settings/etc/pip.conf"
}

# As the official image: `python` in /usr/local/bin, pip allowed to install, site-packages found under its own name.
python_slim_dockerfile() {
	from_debian ca-certificates python3 python3-venv python3-pip
	cat <<-'DOCKERFILE'
		RUN rm -f /usr/lib/python3*/EXTERNALLY-MANAGED \
		 && for name in python python3 python3.11; do ln -s /usr/bin/python3.11 /usr/local/bin/$name; done \
		 && for name in pip pip3; do ln -s /usr/bin/pip3 /usr/local/bin/$name; done \
		 && ln -s dist-packages /usr/local/lib/python3.11/site-packages
		ENV LANG=C.UTF-8
		ENV PYTHON_VERSION=3.11
		CMD ["python3"]
	DOCKERFILE
}

python_context() { STAGEGATE_BASES=python-slim load_kind containerd; }

python_dockerfile() {
	cat <<-'DOCKERFILE'
		FROM python:3.11-slim-bookworm
		RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev python3-dev && rm -rf /var/lib/apt/lists/*
	DOCKERFILE
}

# Source replacement from the machine's cargo, without its tokens.
rust_context() {
	mkdir -p "$1/settings/usr/local/cargo"
	cat "${CARGO_HOME:-$HOME/.cargo}"/config{,.toml} 2>/dev/null |
		awk '/^\[/ { keep = /^\[(source|registries)/ } keep' | without_credentials >"$1/settings/usr/local/cargo/config.toml" || true
}

# bookworm carries a recent compiler beside the old one, under names of its own.
rust_dockerfile() {
	from_debian ca-certificates rustc-web cargo-web gcc libc6-dev
	cat <<-'DOCKERFILE'
		ENV RUSTUP_HOME=/usr/local/rustup
		ENV CARGO_HOME=/usr/local/cargo
		ENV PATH=/usr/local/cargo/bin:$PATH
		RUN mkdir -p /usr/local/cargo/bin && for name in cargo rustc rustdoc; do ln -s /usr/bin/$name /usr/local/cargo/bin/$name; done
	DOCKERFILE
}
