# Writes images without an engine: layers as reproducible tars, packed as one archive that every
# engine loads (an OCI layout, gzip layers, with docker's manifest.json beside it).

EPOCH=2025-01-01T00:00:00Z

# layer DIR OUT: DIR's content as a tar that is the same on every machine.
layer() {
	tar -C "$1" --sort=name --format=gnu --numeric-owner --mtime=$EPOCH -cf "$2" .
}

# pack_image OUT REFERENCE CONFIG LAYER=INSTRUCTION...: oldest layer first.
pack_image() {
	local out=$1 reference=$2 config=$3 work pair diffs='' history='' layers='' files='' arch blob
	shift 3
	arch=$(dpkg --print-architecture)
	[ "$arch" != armhf ] || arch=arm
	work=$(mktemp -d "$HOME_DIR/image.XXXXXX")
	mkdir -p "$work/blobs/sha256"
	for pair; do
		diffs+=,\"sha256:$(sha256 "${pair%%=*}")\"
		history+=",{\"created\":\"$EPOCH\",\"created_by\":\"${pair#*=}\"}"
		gzip -nc6 "${pair%%=*}" >"$work/layer"
		blob=$(add_blob "$work" "$work/layer" application/vnd.oci.image.layer.v1.tar+gzip)
		layers+=,$blob
		files+=,\"blobs/sha256/$(blob_name "$blob")\"
	done
	printf '{"created":"%s","architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
		"$EPOCH" "$arch" "$config" "${diffs#,}" "${history#,}" >"$work/config"
	write_index "$work" "$reference" "${layers#,}" "${files#,}"
	tar -C "$work" --sort=name --format=gnu --mtime=$EPOCH -cf "$out.part" blobs index.json manifest.json oci-layout
	mv "$out.part" "$out"
	rm -r "$work"
}

sha256() { sha256sum "$1" | cut -d' ' -f1; }

# add_blob WORK FILE TYPE: moves the file among the blobs and prints its descriptor.
add_blob() {
	local digest size
	digest=$(sha256 "$2")
	size=$(stat -c %s "$2")
	mv "$2" "$1/blobs/sha256/$digest"
	printf '{"mediaType":"%s","digest":"sha256:%s","size":%s}' "$3" "$digest" "$size"
}

write_index() {
	local work=$1 config manifest
	config=$(add_blob "$work" "$work/config" application/vnd.oci.image.config.v1+json)
	printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' \
		"$config" "$3" >"$work/manifest"
	manifest=$(add_blob "$work" "$work/manifest" application/vnd.oci.image.manifest.v1+json)
	printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s,"annotations":{"io.containerd.image.name":"%s","org.opencontainers.image.ref.name":"%s"}}]}' \
		"${manifest%\}}" "$(full_name "$2")" "${2##*:}" >"$work/index.json"
	printf '{"imageLayoutVersion":"1.0.0"}' >"$work/oci-layout"
	printf '[{"Config":"blobs/sha256/%s","RepoTags":["%s"],"Layers":[%s]}]' \
		"$(blob_name "$config")" "$2" "$4" >"$work/manifest.json"
}

blob_name() { sed 's/.*sha256:\([0-9a-f]*\).*/\1/' <<<"$1"; }

# busybox:1 → docker.io/library/busybox:1
full_name() {
	case ${1%%/*} in
	"$1") echo "docker.io/library/$1" ;;
	*.*) echo "$1" ;;
	*) echo "docker.io/$1" ;;
	esac
}
