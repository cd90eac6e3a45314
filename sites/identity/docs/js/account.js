// The account: logs in and out, shows who is, and tells the chat of it by two events.
{
  const [login, logout] = ['#login', '#logout'].map((id) => document.querySelector(id));
  const says = document.querySelector('#account-says');

  const show = async () => {
    const answer = await fetch('/account/me', { cache: 'no-store' });
    const { name } = await answer.json();
    login.hidden = name !== null;
    logout.hidden = name === null;
    document.querySelector('#name').textContent = name;
  };

  /** Sends what a form says, with the cookie once more in a header: only a page of this site can read it. */
  const send = (path, body) => {
    const [, token] = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) ?? [];
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token ?? '' };
    return fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };

  const submit = async (event, name) => {
    event.preventDefault();
    const { ok } = await send(`/account/${name}`, Object.fromEntries(new FormData(event.target)));
    says.textContent = ok ? '' : 'That did not work. Is the password right?';
    if (!ok) return;
    event.target.reset();
    document.dispatchEvent(new Event(`chaport:${name}`));
    await show();
  };

  // The site's other pages load this script, too.
  if (login) {
    login.addEventListener('submit', (event) => submit(event, 'login'));
    logout.addEventListener('submit', (event) => submit(event, 'logout'));
    show();
  }
}
