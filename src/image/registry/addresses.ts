/** True for names and addresses of this machine, the only ones that may be spoken to without TLS unasked. `hostname` is a URL's. */
export function isLoopback(hostname: string): boolean {
  const ip = addressOf(hostname);
  if (ip === null) return /^localhost\.?$/.test(hostname);
  return ip.length === 4 ? ip[0] === 127 : ip.join() === [...Array(15).fill(0), 1].join();
}

/**
 * True for the metadata services of clouds, which hand out the machine's own credentials to whoever asks from it, and for
 * all link-local addresses: no registry is there. `hostname` is a URL's, or an address that a name was resolved to.
 */
export function isRefused(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  const ip = addressOf(name);
  if (ip === null) return refusedNames.has(name);
  if (ip.length === 4) return (ip[0] === 169 && ip[1] === 254) || refusedAddresses.has(ip.join('.'));
  return (ip[0] === 0xfe && ((ip[1] ?? 0) & 0xc0) === 0x80) || ip.join() === ec2.join();
}

const refusedNames = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal']);
/** Alibaba's metadata service and Azure's host; the others are link-local. */
const refusedAddresses = new Set(['100.100.100.200', '168.63.129.16']);
/** `fd00:ec2::254`. */
const ec2 = [0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54];

/** Bytes of an address in any spelling: 4, also of an IPv4 one inside IPv6 (mapped, or NAT64), else 16; null for a name. */
function addressOf(hostname: string): readonly number[] | null {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!bare.includes(':')) return ipv4Of(bare);
  const url = `http://[${bare}]/`;
  if (!URL.canParse(url)) return null;
  const bytes = ipv6Bytes(new URL(url).hostname.slice(1, -1));
  const prefix = bytes.slice(0, 12).join();
  return prefix === mapped || prefix === nat64 ? bytes.slice(12) : bytes;
}

const mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff].join();
const nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0].join();

/** The URL parser knows the odd spellings (`0xa9fea9fe`, `2130706433`) and writes them all in one way. */
function ipv4Of(text: string): readonly number[] | null {
  const url = `http://${text}/`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : null;
}

/** Of the one spelling that a URL has: groups of hex digits, `::` once at most. */
function ipv6Bytes(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const first = groups(head);
  const last = groups(tail ?? '');
  const words = tail === undefined ? first : [...first, ...Array(8 - first.length - last.length).fill(0), ...last];
  return words.flatMap((word) => [word >> 8, word & 0xff]);
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
