/**
 * Reads an S256 challenge as `@livechat/accounts-sdk` spells it (2.1.3 and those before it). Its SHA-256 yields
 * eight signed 32-bit words, which it encodes as the text `-43044241,-888194002,…` and not as 32 bytes (RFC 7636
 * §4.2). That is the whole hash all the same, so that nothing is weaker for it.
 * @returns the challenge as RFC 7636 spells it, 43 characters; undefined for any other text
 */
export function readSdkChallenge(challenge: string): string | undefined {
  const text = Buffer.from(challenge, 'base64url').toString('latin1');
  const words = text.split(',').map((word) => Number(word) | 0);
  // One spelling for one hash: no zeros in front, nothing past 32 bits, no stray characters between.
  if (words.length !== 8 || Buffer.from(words.join(','), 'latin1').toString('base64url') !== challenge)
    return undefined;
  const hash = Buffer.alloc(32);
  for (const [index, word] of words.entries()) hash.writeInt32BE(word, index * 4);
  return hash.toString('base64url');
}
