import { describe, expect, it } from '@jest/globals';
import { formatPlatform, isSamePlatform, parsePlatform, platformFrom } from '../../src/image/platform.ts';

describe('parsePlatform', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['amd64', 'linux/amd64'],
    ['x86_64', 'linux/amd64'],
    ['Linux/X86-64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm64/8', 'linux/arm64'],
    ['aarch64', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/v6', 'linux/arm/v6'],
    ['linux/armhf', 'linux/arm/v7'],
    ['armel', 'linux/arm/v6'],
    ['i386', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
    ['windows/amd64', 'windows/amd64'],
    ['linux/riscv64', 'linux/riscv64'],
    ['unknown/unknown', 'unknown/unknown'],
  ])('reads %s as %s', (text, expected) => {
    expect(formatPlatform(parsePlatform(text))).toBe(expected);
  });

  it.each(['', 'linux/', '/amd64', 'linux/arm/v7/x', 'linux/amd 64', 'a\u202eb'])('refuses %j', (text) => {
    expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ name: 'UserError', exitCode: 2 }));
  });

  it('reads its own spelling as the same platform', () => {
    for (const text of ['linux/amd64', 'linux/arm/v6', 'linux/arm64']) {
      expect(isSamePlatform(parsePlatform(text), parsePlatform(formatPlatform(parsePlatform(text))))).toBe(true);
    }
    expect(isSamePlatform(parsePlatform('linux/arm/v6'), parsePlatform('linux/arm/v7'))).toBe(false);
  });
});

describe('platformFrom', () => {
  it('says unknown where a config says nothing', () => {
    expect(formatPlatform(platformFrom({ os: '', architecture: undefined }))).toBe('unknown/unknown');
  });

  it('takes constructor for an architecture like any other', () => {
    expect(formatPlatform(platformFrom({ os: 'linux', architecture: 'constructor' }))).toBe('linux/constructor');
  });
});
