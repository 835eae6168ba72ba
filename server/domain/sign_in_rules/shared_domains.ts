/** Domains under which everybody can have an address: they belong to no organization. */
export const FREE_MAIL: ReadonlySet<string> = new Set(
  `aim.com aol.com bk.ru btinternet.com comcast.net daum.net fastmail.com fastmail.fm free.fr freenet.de gmail.com
   gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr
   hotmail.it hushmail.com icloud.com inbox.ru interia.pl laposte.net libero.it list.ru live.com live.co.uk mac.com
   mail.com mail.ru me.com msn.com naver.com o2.pl onet.pl orange.fr outlook.com outlook.de outlook.fr pm.me
   proton.me protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com sbcglobal.net seznam.cz sina.com
   t-online.de tuta.com tutanota.com verizon.net virgilio.it wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.in
   yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com
   zohomail.com 126.com 163.com`.split(/\s+/),
);

/** Domains whose addresses are made to be thrown away. */
export const DISPOSABLE: ReadonlySet<string> = new Set(
  `10minutemail.com 33mail.com anonaddy.com burnermail.io discard.email dispostable.com emailondeck.com
   fakeinbox.com getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de
   guerrillamail.net guerrillamail.org inboxkitten.com mail-temp.com mailcatch.com maildrop.cc mailinator.com
   mailnesia.com mailsac.com mintemail.com moakt.com mohmal.com mytemp.email nada.email sharklasers.com
   spam4.me spamgourmet.com temp-mail.io temp-mail.org tempail.com tempmail.com throwawaymail.com trashmail.com
   trashmail.de yopmail.com yopmail.fr yopmail.net`.split(/\s+/),
);

/** Last labels that name nothing on the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
export const NOT_PUBLIC: ReadonlySet<string> = new Set([
  'alt',
  'arpa',
  'home',
  'internal',
  'invalid',
  'lan',
  'local',
  'localhost',
  'onion',
]);
