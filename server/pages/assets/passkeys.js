// Passkeys: asks the authenticator, and sends its answer with the form. Without this file the server says what to do.

const unsupported = 'This browser cannot use passkeys. Use a newer one, or your password.';
const words = {
  NotAllowedError: 'It was cancelled, or took too long. Try again.',
  InvalidStateError: 'This device has a passkey for this account already.',
  SecurityError:
    'Passkeys work only at the address that this server is known by. Look whether the address of this page is the usual one.',
};

const forms = [...document.querySelectorAll('form[data-passkey]')];

function canUsePasskeys() {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  );
}

async function fetchOptions(form) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.options, { method: 'POST', body });
  if (answer.ok) return answer.json();
  // Logged out meanwhile, or to be confirmed again: the page knows where to go.
  if (answer.status === 401 || answer.status === 403) location.reload();
  throw new Error(
    answer.status === 429
      ? 'Too many tries. Wait a few minutes, then try again.'
      : 'The server could not be asked. Reload the page and try again.',
  );
}

async function ask(form, more = {}) {
  const json = await fetchOptions(form);
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json),
          ...more,
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json),
          ...more,
        });
  const keep = document.querySelector('#field-keep_logged_in');
  if (keep && form.elements.keep_logged_in) form.elements.keep_logged_in.value = keep.checked ? '1' : '';
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

function say(form, message) {
  const status = form.querySelector('.passkey-status');
  status.textContent = message;
  status.hidden = message === '';
}

// One question at a time: the button ends the suggestions' waiting.
let suggesting;

for (const form of forms) {
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    say(form, '');
    if (!canUsePasskeys()) return say(form, unsupported);
    busy = true;
    suggesting?.abort();
    event.submitter?.setAttribute('aria-busy', 'true');
    try {
      await ask(form);
    } catch (error) {
      say(form, words[error.name] ?? error.message);
      event.submitter?.removeAttribute('aria-busy');
      busy = false;
    }
  });
}

// Passkeys among the suggestions of the e-mail field, where the browser can. The question grows old after ten
// minutes, so that it is asked anew before.
const suggestAgainAfter = 9 * 60 * 1000;

async function suggest(form) {
  if (!canUsePasskeys() || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  suggesting = new AbortController();
  const { signal } = suggesting;
  const again = setTimeout(() => {
    suggesting.abort();
    suggest(form);
  }, suggestAgainAfter);
  signal.addEventListener('abort', () => clearTimeout(again));
  // Nobody asked for it: whatever goes wrong is not worth a word.
  ask(form, { mediation: 'conditional', signal }).catch(() => {});
}

const suggested = forms.find((form) => form.dataset.autofill !== undefined);
if (suggested) suggest(suggested);
