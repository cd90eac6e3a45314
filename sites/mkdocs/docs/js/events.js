// The page about events: writes down what it hears of the chat, and the state that the chat is in.
{
  const names = [
    'ready', 'chat.autoInvitation', 'chat.botSent', 'chat.onlineChange', 'chat.started', 'widget.stateChange',
  ];
  const list = document.querySelector('#chat-events');

  const writeDown = ({ type, detail }) => {
    const name = document.createElement('code');
    name.textContent = type;
    const line = document.createElement('li');
    line.append(name, ` ${JSON.stringify(detail)}`);
    list.append(line);
    // When an event is heard, the attribute says what it has led to.
    document.querySelector('#chat-state').textContent = document.documentElement.dataset.chaportState;
  };

  // The site's other pages load this script, too.
  if (list) for (const name of names) document.addEventListener(`chaport:${name}`, writeDown);
}
