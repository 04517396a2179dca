/** Names of e_machine as GOARCH and OCI platforms have them; where byte order and class decide, both are given. */
export function elfArchitecture(machine: number, { is64, isLittle }: { is64: boolean; isLittle: boolean }): string {
  const name = names.get(machine);
  if (machine === 8) return `mips${is64 ? '64' : ''}${isLittle ? 'le' : ''}`;
  if (machine === 21) return isLittle ? 'ppc64le' : 'ppc64';
  return name ?? `machine ${machine}`;
}

/** System V ABI, "e_machine"; 247 is eBPF, 190 CUDA: code for no processor that runs a container. */
const names = new Map([
  [3, '386'],
  [20, 'ppc'],
  [22, 's390x'],
  [40, 'arm'],
  [62, 'amd64'],
  [183, 'arm64'],
  [190, 'cuda'],
  [243, 'riscv64'],
  [247, 'bpf'],
  [258, 'loong64'],
]);
