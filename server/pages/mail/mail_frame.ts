import { html } from 'htm/preact';
import { render } from 'preact-render-to-string';
import { brand } from '../brand.ts';
import { safeHref, singleLine } from '../text.ts';

/** A mail ready to be sent: both parts say the same. */
export type Mail = { subject: string; text: string; html: string };

export type MailParts = {
  productName: string;
  subject: string;
  /** Name of the person, for the greeting. */
  to: string;
  before: readonly string[];
  link?: { label: string; url: string } | undefined;
  after: readonly string[];
};

// Mail programs drop style sheets, so each element carries its own style.
const styles = {
  page: `margin:0;padding:24px 12px;background:${brand.pageLight};font-family:${brand.fontStack};color:${brand.inkLight};font-size:16px;line-height:1.5`,
  card: `max-width:520px;margin:0 auto;padding:28px;background:${brand.surfaceLight};border:1px solid ${brand.lineLight};border-radius:12px`,
  brand: `margin:0 0 20px;font-weight:700;color:${brand.primaryOnLight}`,
  button: `display:inline-block;padding:12px 20px;border-radius:8px;background:${brand.primaryOnLight};color:#ffffff;font-weight:600;text-decoration:none`,
  soft: `margin:16px 0 0;color:${brand.inkSoftLight};font-size:14px;word-break:break-all`,
};

/**
 * A name that may be repeated in a mail. Anybody can sign up with a stranger's address and an advertisement
 * for a name; so what looks like an address of the web, or is long, is left out.
 */
export function mentioned(text: string): string | undefined {
  const name = singleLine(text);
  const ordinary = /^[\p{L}\p{M}\p{N} .,&'’-]{1,60}$/u.test(name) && !/\.[\p{L}\p{N}]{2,}/u.test(name);
  return ordinary ? name : undefined;
}

function greeting(to: string): string {
  const name = mentioned(to);
  return name === undefined ? 'Hello,' : `Hello ${name},`;
}

/**
 * Puts a mail together as plain text and as simple HTML. Names are freed of line breaks, so that none can write
 * a header or a line of its own.
 */
export function composeMail(parts: MailParts): Mail {
  const productName = singleLine(parts.productName);
  const link = parts.link;
  const paragraphs = [
    greeting(parts.to),
    ...parts.before,
    ...(link ? [`${link.label}:\n${link.url}`] : []),
    ...parts.after,
    `— ${productName}`,
  ];
  const document = html`<html lang="en">
    <head><meta charset="utf-8" /><title>${singleLine(parts.subject)}</title></head>
    <body style=${styles.page}>
      <div style=${styles.card}>
        <p style=${styles.brand}>${productName}</p>
        <p>${greeting(parts.to)}</p>
        ${parts.before.map((one) => html`<p>${one}</p>`)}
        ${
          link
            ? html`<p><a href=${safeHref(link.url)} style=${styles.button}>${link.label}</a></p>
                <p style=${styles.soft}>If the button does not work, open this address: <a href=${safeHref(link.url)}>${link.url}</a></p>`
            : null
        }
        ${parts.after.map((one) => html`<p>${one}</p>`)}
      </div>
    </body>
  </html>`;
  return {
    subject: singleLine(parts.subject),
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n${render(document)}\n`,
  };
}
