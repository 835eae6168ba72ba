// "Try it" on the pages of the API reference. The token is kept in this page's memory and nowhere else; it goes
// to this server alone, in the header of the request that the person sends.

const credential = { token: '', account: '' };

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

let fields = 0;
function labelled(label, input) {
  input.id = `try-${++fields}`;
  return element('p', { class: 'try-field' }, element('label', { for: input.id }, label), input);
}

function credentialForm(place) {
  const token = element('input', { type: 'password', autocomplete: 'off', spellcheck: 'false' });
  const account = element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
  token.addEventListener('input', () => {
    credential.token = token.value.trim();
  });
  account.addEventListener('input', () => {
    credential.account = account.value.trim();
  });
  place.append(
    labelled('Your token, for “Try it”', token),
    labelled('Account id, with a personal access token only', account),
    element('p', { class: 'soft' }, 'Kept in this page until you leave it, and sent to this server alone.'),
  );
  place.hidden = false;
}

function authorization() {
  if (credential.token === '') return {};
  if (credential.account === '') return { authorization: `Bearer ${credential.token}` };
  return { authorization: `Basic ${btoa(`${credential.account}:${credential.token}`)}` };
}

async function send({ verb, type }, address, body, shown) {
  shown.textContent = 'Waiting for the answer …';
  const started = performance.now();
  try {
    const response = await fetch(new URL(address, location.origin), {
      method: verb,
      // What the browser itself is signed in to must not open anything here.
      credentials: 'omit',
      headers: { ...authorization(), ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const took = Math.round(performance.now() - started);
    const id = response.headers.get('x-request-id');
    shown.textContent = `${response.status} ${response.statusText} in ${took} ms, request ${id}\n\n${pretty(text)}`;
  } catch (error) {
    shown.textContent = `No answer came: ${error instanceof Error ? error.message : error}. Is the address right?`;
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function fill(place) {
  const { verb, address, type, body, open } = place.dataset;
  const path = element('input', { type: 'text', spellcheck: 'false', autocomplete: 'off' });
  path.value = address;
  const text = element('textarea', {
    rows: String(Math.min(16, body.split('\n').length + 1)),
    spellcheck: 'false',
  });
  text.value = body;
  const button = element('button', { class: 'button primary', type: 'button' }, 'Send');
  const shown = element('pre', { tabindex: '0', role: 'status', 'aria-label': 'Answer' });
  shown.hidden = true;
  button.addEventListener('click', async () => {
    shown.hidden = false;
    if (open === 'no' && type !== 'application/x-www-form-urlencoded' && credential.token === '') {
      shown.textContent = 'Put your token in first, at the top of this page.';
      document.querySelector('[data-try-credential] input')?.focus();
      return;
    }
    button.disabled = true;
    await send({ verb, type }, path.value, type === '' ? undefined : text.value, shown);
    button.disabled = false;
  });
  place.append(
    element('p', { class: 'soft' }, 'This is a real request: what it changes is changed.'),
    labelled(`Address (${verb})`, path),
    ...(type === '' ? [] : [labelled('Body', text)]),
    button,
    shown,
  );
}

const place = document.querySelector('[data-try-credential]');
if (place !== null) credentialForm(place);
for (const one of document.querySelectorAll('[data-try]')) {
  one.hidden = false;
  // Filled when it is opened: a page has dozens.
  one.addEventListener('toggle', () => fill(one), { once: true });
}
