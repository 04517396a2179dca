import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isRefused } from '../image/registry/addresses.ts';
import { refusedAddressCode } from '../image/registry/effects.ts';

type Done = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** `dns.lookup` that fails when a name leads to a metadata service: the address that is checked is the one that is connected to. */
export function guardedLookup(hostname: string, options: LookupOptions, done: Done): void {
  lookup(hostname, options, (error, address, family) => {
    const addresses = typeof address === 'string' ? [address] : (address ?? []).map((each) => each.address);
    if (error === null && addresses.some(isRefused)) done(refused(hostname), '');
    else done(error, address, family);
  });
}

function refused(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} leads to a refused address`), { code: refusedAddressCode });
}
