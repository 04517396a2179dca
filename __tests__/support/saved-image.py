"""Tells of an image in a `docker save` archive what it weighs and holds, with Python's tarfile and nothing of ours.

Prints JSON: `layers` with diffId and unpacked bytes, base first; `files`, every name of the root filesystem with type,
mode, owner, bytes, content hash and the layer that gave it; `unpacked` and `visible` bytes.
"""
import gzip
import hashlib
import io
import json
import sys
import tarfile


def plain(blob):
    return gzip.decompress(blob) if blob[:2] == b"\x1f\x8b" else blob


def remove(files, path):
    for name in [each for each in files if each == path or each.startswith(path + "/")]:
        del files[name]


def kind_of(entry):
    if entry.isdir():
        return "directory"
    if entry.issym():
        return "symlink"
    return "file" if entry.isreg() or entry.islnk() else "other"


def apply(files, layer, number):
    unpacked = 0
    whiteouts, entries = [], []
    for entry in tarfile.open(fileobj=io.BytesIO(layer)):
        path = entry.name.strip("/").removeprefix("./")
        folder, _, name = path.rpartition("/")
        (whiteouts if name.startswith(".wh.") else entries).append((path, folder, name, entry))
    tar = tarfile.open(fileobj=io.BytesIO(layer))
    for _, folder, name, _ in whiteouts:
        if name == ".wh..wh..opq":
            for inside in [each for each in files if each.startswith(folder + "/")]:
                del files[inside]
        else:
            remove(files, f"{folder}/{name[4:]}".strip("/"))
    for path, _, _, entry in entries:
        if entry.isreg():
            unpacked += entry.size
        if path == "":
            continue
        if path in files and not (entry.isdir() and files[path]["type"] == "directory"):
            remove(files, path)
        if entry.islnk():
            first = files[entry.linkname.strip("/").removeprefix("./")]
            files[path] = {**first, "layer": number}
            continue
        content = tar.extractfile(entry).read() if entry.isreg() else b""
        files[path] = {
            "type": kind_of(entry),
            "mode": entry.mode & 0o7777,
            "owner": f"{entry.uid}:{entry.gid}",
            "bytes": entry.size if entry.isreg() else 0,
            "content": hashlib.sha256(content + entry.linkname.encode()).hexdigest(),
            "layer": number,
            "body": f"{number}:{path}",
        }
    return unpacked


def main(file):
    archive = tarfile.open(file)
    read = lambda name: archive.extractfile(name).read()
    [saved] = json.loads(read("manifest.json"))
    layers, files = [], {}
    for number, name in enumerate(saved["Layers"]):
        layer = plain(read(name))
        unpacked = apply(files, layer, number)
        layers.append({"diffId": "sha256:" + hashlib.sha256(layer).hexdigest(), "unpacked": unpacked})
    bodies = {each["body"]: each["bytes"] for each in files.values()}
    print(
        json.dumps(
            {
                "layers": layers,
                "files": files,
                "unpacked": sum(each["unpacked"] for each in layers),
                "visible": sum(bodies.values()),
            }
        )
    )


main(sys.argv[1])
