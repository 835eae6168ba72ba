// The last page of an Accounts SDK popup: hands the answer to the page that opened it, and to no other origin.

const answer = document.querySelector('[data-popup-message]');
if (answer !== null) {
  const { popupMessage, popupOrigin } = answer.dataset;
  // A token does not stay in the document.
  answer.removeAttribute('data-popup-message');
  const isReachable = window.opener !== null && !window.opener.closed;
  if (isReachable) window.opener.postMessage(JSON.parse(popupMessage), popupOrigin);
  for (const outcome of answer.querySelectorAll('[data-popup-when]'))
    outcome.hidden = outcome.dataset.popupWhen !== (isReachable ? 'sent' : 'lost');
  for (const button of answer.querySelectorAll('[data-popup-close]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.close());
  }
  if (isReachable && answer.hasAttribute('data-popup-closes')) window.close();
}
