// Comfort for the accounts pages. Everything works without this file.

// "Show" beside each password.
for (const input of document.querySelectorAll('input[data-reveal]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reveal';
  button.setAttribute('aria-controls', input.id);
  const word = document.createElement('span');
  const rest = document.createElement('span');
  rest.className = 'visually-hidden';
  rest.textContent = ' password';
  button.append(word, rest);
  const show = (visible) => {
    input.type = visible ? 'text' : 'password';
    word.textContent = visible ? 'Hide' : 'Show';
  };
  show(false);
  button.addEventListener('click', () => show(input.type === 'password'));
  // A password left visible would be offered by the browser as an ordinary text suggestion later.
  input.form?.addEventListener('submit', () => show(false));
  input.after(button);
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent !== undefined) event.preventDefault();
    form.dataset.sent = '';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
}

// A page that comes back from the browser's history may be sent again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-once]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
  }
});

// "Copy" for elements with data-copy: the button copies the text of the element it points to.
for (const source of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent ?? '');
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(source);
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  source.after(button);
}

// Where a problem is told, the keyboard starts there.
document.querySelector('.summary')?.focus();
