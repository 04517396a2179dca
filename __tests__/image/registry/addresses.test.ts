import { describe, expect, it } from '@jest/globals';
import { isLoopback, isRefused } from '../../../src/image/registry/addresses.ts';

describe('isLoopback', () => {
  it.each(['localhost', '127.0.0.1', '127.9.8.7', '[::1]', '::1', '[::ffff:7f00:1]'])('is true for %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['128.0.0.1', 'localhost.example.com', '127.0.0.1.example.com', '[::2]', '10.0.0.1', '0.0.0.0', ''])(
    'is false for %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('isRefused', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '0xa9fea9fe',
    '2852039166',
    '[::ffff:169.254.169.254]',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fe80::1%eth0',
    '[fe80::1]',
    'febf::1',
    '[fd00:ec2::254]',
    'fd00:ec2:0:0:0:0:0:254',
    '100.100.100.200',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
  ])('is true for %s', (host) => {
    expect(isRefused(host)).toBe(true);
  });

  it.each(['ghcr.io', '10.0.0.1', '127.0.0.1', '[::1]', '169.253.1.1', 'fec0::1', 'fd00:ec2::255', '100.100.100.201'])(
    'is false for %s',
    (host) => {
      expect(isRefused(host)).toBe(false);
    },
  );
});
