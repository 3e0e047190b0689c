/** HMAC-SHA256 over a notification's raw bytes, as hex: what a gateway signs and an adapter verifies. */

/** The header that carries it. */
export const SIGNATURE_HEADER = "simulator-signature";

/** Signs bytes. */
export async function sign(secret: string, body: Uint8Array): Promise<string> {
  const signature = await crypto.subtle.sign("HMAC", await keyOf(secret, "sign"), body as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the signature is that of these bytes; in constant time. */
export async function verify(secret: string, body: Uint8Array, signature: string | null): Promise<boolean> {
  if (signature === null || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
  return crypto.subtle.verify("HMAC", await keyOf(secret, "verify"), bytes, body as Uint8Array<ArrayBuffer>);
}

function keyOf(secret: string, use: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [use]);
}
