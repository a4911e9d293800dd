import { inBlock, ipv4Bits, isHomeAddress, sameNetwork } from './ipv4.js';

test.each([
  ['0.0.0.0', 0],
  ['192.168.1.2', 0xc0a80102],
  ['255.255.255.255', 0xffffffff],
  ['256.0.0.1', undefined],
  ['1.2.3', undefined],
  ['1.2.3.4.5', undefined],
  ['1.2.3.x', undefined],
  ['', undefined],
  ['::ffff:1.2.3.4', undefined],
  ['-1.2.3.4', undefined],
])('%p is %p', (text, bits) => expect(ipv4Bits(text)).toBe(bits));

test.each([
  ['192.168.1.2', '192.168.1.200', '255.255.255.0', true],
  ['192.168.1.2', '192.168.2.2', '255.255.255.0', false],
  ['192.168.1.2', '192.168.2.2', '255.255.0.0', true],
  ['200.1.1.1', '200.1.1.2', '255.255.255.252', true],
  ['10.0.0.1', 'nonsense', '255.0.0.0', false],
  ['10.0.0.1', '10.0.0.2', '', false],
])('%s and %s by %s: %s', (one, other, mask, same) => expect(sameNetwork(one, other, mask)).toBe(same));

test.each([
  ['10.255.0.1', true],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['192.169.0.1', false],
  ['8.8.8.8', false],
])('%s is a home’s: %s', (address, home) => expect(isHomeAddress(address)).toBe(home));

test('a block of everything holds everything', () => expect(inBlock('8.8.8.8', '0.0.0.0', 0)).toBe(true));
