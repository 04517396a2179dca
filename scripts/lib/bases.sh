# The base images that tests and examples build on, and how each stand-in is made.
# Raise BASES_EDITION when a recipe changes: the files of an older edition are made anew.

BASES_EDITION=1
BASES_DIR=$HOME_DIR/bases/$BASES_EDITION

# wave | name of the file | references it provides | recipe (a function): a later wave builds on an earlier one
bases() {
	cat <<-'LIST'
		1|busybox|busybox:1.37 busybox:latest|busybox_image
		1|static|gcr.io/distroless/static-debian12:nonroot|distroless_image static
		1|cc|gcr.io/distroless/cc-debian12:nonroot|distroless_image cc
		1|debian|debian:bookworm-slim|debian_image
		1|frontend|docker/dockerfile:1|frontend_image
		2|golang|golang:1.25-bookworm|toolchain_image golang
		2|node|node:22-bookworm-slim|toolchain_image node
		2|python-slim|python:3.11-slim-bookworm|toolchain_image python-slim
		2|rust|rust:1-slim-bookworm|toolchain_image rust
		3|python|python:3.11-bookworm|toolchain_image python
	LIST
}

# What this run is about: all of them, or those that STAGEGATE_BASES names.
wanted_bases() { echo "${STAGEGATE_BASES:-$(bases | cut -d'|' -f2)}"; }

base_file() { echo "$BASES_DIR/$1.tar"; }
base_field() { bases | awk -F'|' -v name="$1" -v field="$2" '$2 == name { print $field }'; }
references_of() {
	local references
	references=$(base_field "$1" 3)
	[ -n "$references" ] || die "unknown base '$1', use some of: $(bases | cut -d'|' -f2 | tr '\n' ' ')"
	echo "$references"
}
first_reference() { references_of "$1" | cut -d' ' -f1; }

# Makes the files that are missing, those of one wave at the same time.
ensure_bases() {
	local wave base missing=''
	for base; do [ -f "$(base_file "$base")" ] || missing+=" $base"; done
	[ -n "$missing" ] || return 0
	mkdir -p "$BASES_DIR" "$HOME_DIR/log"
	# Before the waves: two recipes must not fetch the same package lists at once.
	bookworm_view
	for wave in 1 2 3; do make_wave $wave $missing; done
}

make_wave() {
	local wave=$1 base pid pids='' failed=''
	shift
	for base; do
		[ "$(base_field "$base" 1)" = "$wave" ] || continue
		[ "$wave" = 1 ] || STAGEGATE_BASES=debian load_kind containerd
		make_base "$base" &
		pids+=" $!"
	done
	for pid in $pids; do wait "$pid" || failed=1; done
	[ -z "$failed" ] || die "a base image could not be made"
}

make_base() {
	local reference
	reference=$(first_reference "$1")
	say "making the stand-in for $reference"
	$(base_field "$1" 4) "$(base_file "$1")" "$reference"
}

scratch_folder() { mktemp -d "$HOME_DIR/work.XXXXXX"; }
