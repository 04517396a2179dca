# The stand-in for debian:bookworm-slim: a real minimal Debian by debootstrap, slimmed as the
# official one is, with this machine's apt sources so that apt-get works in RUN steps.

debian_image() {
	local work root
	work=$(scratch_folder)
	root=$work/root
	bookworm_view
	bootstrap_debian "$work" "$root"
	slim_down "$root"
	apt_settings "$root"
	layer "$root" "$work/layer.tar"
	pack_image "$1" "$2" '{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["bash"]}' \
		"$work/layer.tar=# debian.sh --arch 'amd64' out/ 'bookworm' '@1735689600'"
	unmount_under "$root"
	rm -r --one-file-system "$work"
}

bootstrap_debian() {
	local archive
	archive=$(debian_archive)
	unpack bookworm "$1/tool" debootstrap
	mkdir -p "$1/bin" "$HOME_DIR/debs-cache"
	wget_by_apt "$1/bin/wget"
	mkdir -p "$2/etc/dpkg/dpkg.cfg.d"
	slim_excludes >"$2/etc/dpkg/dpkg.cfg.d/docker"
	DEBOOTSTRAP_DIR=$1/tool/usr/share/debootstrap PATH=$1/bin:$PATH \
		"$1/tool/usr/sbin/debootstrap" --variant=minbase --force-check-gpg --keyring="${archive#* }" \
		--cache-dir="$HOME_DIR/debs-cache" --exclude=e2fsprogs,gcc-9-base bookworm "$2" "${archive% *}" \
		>"$HOME_DIR/log/debootstrap.log" 2>&1 || die "debootstrap failed, see $HOME_DIR/log/debootstrap.log"
}

# debootstrap downloads with wget, which a machine need not have; apt's own downloader is always there.
wget_by_apt() {
	cat >"$1" <<-'SH'
		#!/bin/sh
		while [ $# -gt 0 ]; do
			case $1 in -O) out=$2; shift ;; -*) ;; *) url=$1 ;; esac
			shift
		done
		exec /usr/lib/apt/apt-helper -qq download-file "$url" "$out"
	SH
	chmod +x "$1"
}

slim_excludes() {
	printf '%s\n' force-unsafe-io 'path-exclude /usr/share/doc/*' 'path-include /usr/share/doc/*/copyright' \
		'path-exclude /usr/share/man/*' 'path-exclude /usr/share/info/*' 'path-exclude /usr/share/locale/*' \
		'path-exclude /usr/share/lintian/*' 'path-exclude /usr/share/groff/*' 'path-exclude /usr/share/linda/*'
}

slim_down() {
	local root=${1:?}
	find "$root/usr/share/doc" -depth ! -type d ! -name copyright -delete
	find "$root/usr/share/doc" -depth -type d -empty -delete
	rm -rf --one-file-system "$root"/usr/share/{man,info,locale,lintian,groff,linda}/* "$root"/var/lib/apt/lists/* \
		"$root"/var/cache/apt/archives/*.deb "$root"/var/cache/apt/*.bin "$root"/var/cache/ldconfig/aux-cache \
		"$root"/var/log/*.log "$root"/var/log/apt/* "$root"/etc/{hostname,resolv.conf} "$root"/dev/* "$root"/run/*
	mkdir -p "$root/run/lock"
	chmod 1777 "$root/run/lock"
}

# As the official image has them, plus where this machine's apt reads: sources, and a proxy that needs no password.
apt_settings() {
	local conf=$1/etc/apt/apt.conf.d proxy
	echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";' >"$conf/docker-clean"
	echo 'Acquire::GzipIndexes "true";' >"$conf/docker-gzip-indexes"
	echo 'Acquire::Languages "none";' >"$conf/docker-no-languages"
	echo 'Apt::AutoRemove::SuggestsImportant "false";' >"$conf/docker-autoremove-suggests"
	echo 'Acquire::Check-Valid-Until "false"; Acquire::Check-Date "false";' >"$conf/stagegate"
	proxy=$(apt-config dump | grep -E '^Acquire::https?::Proxy ' | grep -v @ || true)
	[ -z "$proxy" ] || echo "$proxy" >>"$conf/stagegate"
	suite_sources bookworm >"$1/etc/apt/sources.list"
	if grep -q https:// "$1/etc/apt/sources.list"; then
		mkdir -p "$1/etc/ssl/certs"
		cp /etc/ssl/certs/ca-certificates.crt "$1/etc/apt/stagegate-ca.crt"
		echo 'Acquire::https::CAInfo "/etc/apt/stagegate-ca.crt";' >>"$conf/stagegate"
	fi
}
