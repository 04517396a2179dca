# Go programs from the module proxy, built once and kept: BuildKit is in no package registry in
# another form. buildx and BuildKit carry `replace` lines, so `go install …@version` refuses them.
# Newer versions may want modules younger than a proxy hands out; this one is known to build.

BUILDKIT_VERSION=v0.33.0
BUILDKIT_GO=1.26.3

# Prints the go to build with: the machine's own if new enough, else Debian's, unpacked privately.
find_go() {
	local version
	if version=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) && at_least "${version#go}" $BUILDKIT_GO; then
		command -v go
		return
	fi
	ensure_private_go
	echo "$HOME_DIR/go/bin/go"
}

# Debian's toolchain is static, so testing's runs on older releases, and in the golang stand-in.
ensure_private_go() {
	local version root=$HOME_DIR/go.part
	[ ! -x "$HOME_DIR/go/bin/go" ] || return 0
	suite_sources testing | apt_view testing
	version=$(APT_CONFIG=$HOME_DIR/apt/testing/apt.conf apt-cache pkgnames golang-1. | sed -n 's/^golang-\(1\.[0-9]*\)-go$/\1/p' | sort -V | awk -F. '$2 >= 26' | head -1)
	[ -n "$version" ] || die "Debian testing offers no Go >= 1.26"
	rm -rf "$root"
	unpack testing "$root" "golang-$version-go" "golang-$version-src"
	# Debian splits the toolchain over /usr/lib and /usr/share with links between; join them again.
	rm -f "$root/usr/lib/go-$version"/{test,api,misc}
	cp -rL --preserve=mode,timestamps "$root/usr/lib/go-$version" "$root/join"
	rm -rf "$HOME_DIR/go"
	mv "$root/join" "$HOME_DIR/go"
	rm -rf "$root"
}

# go_build PACKAGE...: static binaries of BuildKit's commands into the private home's go-bin.
go_build() {
	local go package out=$HOME_DIR/go-bin work
	mkdir -p "$out"
	for package; do [ -x "$out/${package##*/}" ] || break; done
	[ ! -x "$out/${package##*/}" ] || return 0
	go=$(find_go)
	work=$HOME_DIR/go-work
	mkdir -p "$work"
	say "building ${*##*/} $BUILDKIT_VERSION from source"
	(
		cd "$work"
		export CGO_ENABLED=0 GOFLAGS=-mod=mod GOTOOLCHAIN=local GOWORK=off
		[ -f go.mod ] || "$go" mod init stagegate.local/rig
		"$go" get "github.com/moby/buildkit@$BUILDKIT_VERSION"
		for package; do
			[ -x "$out/${package##*/}" ] || "$go" build -trimpath -ldflags "-s -w -X github.com/moby/buildkit/version.Version=$BUILDKIT_VERSION" \
				-o "$out/" "github.com/moby/buildkit/$package"
		done
	) >"$HOME_DIR/log/go-build.log" 2>&1 || die "could not build BuildKit, see $HOME_DIR/log/go-build.log"
}

frontend_image() {
	local work
	go_build frontend/dockerfile/cmd/dockerfile-frontend
	work=$(scratch_folder)
	mkdir -p "$work/root/bin"
	cp "$HOME_DIR/go-bin/dockerfile-frontend" "$work/root/bin/"
	layer "$work/root" "$work/layer.tar"
	# The labels tell BuildKit what it may ask of the frontend, for instance named contexts.
	pack_image "$1" "$2" '{"Entrypoint":["/bin/dockerfile-frontend"],"Labels":{"moby.buildkit.frontend.network.none":"true","moby.buildkit.frontend.caps":"moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts,moby.buildkit.frontend.gitquerystring"}}' \
		"$work/layer.tar=COPY dockerfile-frontend /bin/dockerfile-frontend"
	rm -r "$work"
}
