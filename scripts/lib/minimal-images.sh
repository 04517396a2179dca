# Stand-ins made straight from Debian packages: busybox and Google's distroless images.

bookworm_view() { suite_sources bookworm | apt_view bookworm; }

busybox_image() {
	local work root applet
	work=$(scratch_folder)
	root=$work/root
	bookworm_view
	unpack bookworm "$work/deb" busybox-static
	mkdir -p "$root"/{bin,dev,etc,home,root,usr/bin,usr/sbin,var/spool/mail,var/www}
	mkdir -m 1777 "$root/tmp"
	chmod 700 "$root/root"
	cp "$work/deb/bin/busybox" "$root/bin/busybox" 2>/dev/null || cp "$work/deb/usr/bin/busybox" "$root/bin/busybox"
	for applet in $("$root/bin/busybox" --list); do
		[ "$applet" = busybox ] || ln "$root/bin/busybox" "$root/bin/$applet"
	done
	printf '%s\n' root:x:0:0:root:/root:/bin/sh daemon:x:1:1:daemon:/usr/sbin:/bin/false \
		www-data:x:33:33:www-data:/var/www:/bin/false nobody:x:65534:65534:nobody:/home:/bin/false >"$root/etc/passwd"
	printf '%s\n' root:x:0: daemon:x:1: users:x:100: www-data:x:33: nobody:x:65534: >"$root/etc/group"
	layer "$root" "$work/layer.tar"
	pack_image "$1" "$2" '{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["sh"]}' \
		"$work/layer.tar=BusyBox (glibc), Debian"
	rm -r "$work"
}

# distroless_image static|cc OUT REFERENCE: one thin layer per package, as the real ones have.
distroless_image() {
	local variant=$1 out=$2 reference=$3 work deb name layers=() packages="base-files media-types netbase tzdata"
	[ "$variant" != cc ] || packages+=" libc6 gcc-12-base libgcc-s1 libgomp1 libstdc++6"
	work=$(scratch_folder)
	bookworm_view
	download bookworm "$work/debs" $packages
	for name in $packages; do
		deb=$(echo "$work/debs/$name"_*.deb)
		package_layer "$deb" "$name" "$work/$name"
		layers+=("$work/$name.tar=bazel build @bookworm//$name")
	done
	distroless_files "$work/files"
	layers+=("$work/files.tar=bazel build //static:rootfs")
	distroless_certificates "$work/certs"
	layers+=("$work/certs.tar=bazel build //common:cacerts")
	pack_image "$out" "$reference" '{"User":"65532","WorkingDir":"/home/nonroot","Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"]}' "${layers[@]}"
	rm -r "$work"
}

# A package's files, its entry in status.d instead of dpkg's database, and no documentation but the licence.
package_layer() {
	local deb=$1 name=$2 root=$3
	mkdir -p "$root/var/lib/dpkg/status.d"
	dpkg-deb --fsys-tarfile "$deb" | tar -C "$root" -x
	rm -rf "$root"/usr/share/{man,info,lintian,locale,bug}
	find "$root/usr/share/doc" -type f ! -name copyright -delete 2>/dev/null || true
	dpkg-deb -f "$deb" >"$root/var/lib/dpkg/status.d/$name"
	dpkg-deb --ctrl-tarfile "$deb" | tar -xO ./md5sums >"$root/var/lib/dpkg/status.d/$name.md5sums" 2>/dev/null || true
	[ "$name" != base-files ] || distroless_release "$root"
	layer "$root" "$root.tar"
}

distroless_release() {
	cat >"$1/usr/lib/os-release" <<-'TEXT'
		PRETTY_NAME="Distroless"
		NAME="Debian GNU/Linux"
		ID="debian"
		VERSION_ID="12"
		VERSION="Debian GNU/Linux 12 (bookworm)"
		HOME_URL="https://github.com/GoogleContainerTools/distroless"
		SUPPORT_URL="https://github.com/GoogleContainerTools/distroless/blob/master/README.md"
		BUG_REPORT_URL="https://github.com/GoogleContainerTools/distroless/issues/new"
	TEXT
}

distroless_files() {
	mkdir -p "$1/etc" "$1/home" "$1/root"
	mkdir -m 1777 "$1/tmp"
	mkdir -m 700 "$1/home/nonroot"
	chmod 700 "$1/root"
	chown 65532:65532 "$1/home/nonroot"
	printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \
		nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >"$1/etc/passwd"
	printf '%s\n' root:x:0: nobody:x:65534: tty:x:5: staff:x:50: nonroot:x:65532: >"$1/etc/group"
	echo 'hosts: files dns' >"$1/etc/nsswitch.conf"
	layer "$1" "$1.tar"
}

distroless_certificates() {
	unpack bookworm "$1.deb" ca-certificates
	mkdir -p "$1/etc/ssl/certs"
	(cd "$1.deb/usr/share/ca-certificates/mozilla" && LC_ALL=C && cat -- *.crt) >"$1/etc/ssl/certs/ca-certificates.crt"
	layer "$1" "$1.tar"
}
