// Keeps a page as the server would write it now: at each event it fetches the page again, and puts in what differs.
'use strict';

const note = document.getElementById('live');
const interval = Number(document.body.dataset.refresh) * 1000;
let events = null;
let waiting = null;
let isLoggedOut = false;

function say(text) {
  if (note.textContent !== text) {
    note.textContent = text;
  }
}

// Children with a key that no sibling has can be compared one by one.
function keyed(element) {
  const children = new Map();
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE && child.data.trim() === '') {
      continue;
    }
    const key = child.nodeType === Node.ELEMENT_NODE ? child.id || child.tagName : null;
    if (key === null || children.has(key)) {
      return null;
    }
    children.set(key, child);
  }
  return children.size === 0 ? null : children;
}

function update(shown, fresh) {
  if (shown.isEqualNode(fresh)) {
    return;
  }
  const before = keyed(shown);
  const after = keyed(fresh);
  if (before === null || after === null || !shown.cloneNode(false).isEqualNode(fresh.cloneNode(false))) {
    shown.replaceWith(document.importNode(fresh, true));
    return;
  }
  for (const [key, child] of before) {
    if (!after.has(key)) {
      child.remove();
    }
  }
  let place = shown.firstElementChild;
  for (const [key, child] of after) {
    const same = before.get(key);
    if (same === undefined) {
      shown.insertBefore(document.importNode(child, true), place);
    } else if (same === place) {
      place = place.nextElementSibling;
      update(same, child);
    } else {
      shown.insertBefore(same, place);
      update(same, child);
    }
  }
}

// Where the focus is, by the place of the link in the nearest element with an id.
function focused() {
  const active = document.activeElement;
  const near = active && active.closest('main [id]');
  return near ? {id: near.id, index: [near, ...near.querySelectorAll('a, summary')].indexOf(active)} : null;
}

function focusAgain(place) {
  const near = place && document.getElementById(place.id);
  if (near && document.activeElement === document.body) {
    const element = [near, ...near.querySelectorAll('a, summary')][place.index];
    if (element) {
      element.focus({preventScroll: true});
    }
  }
}

async function refresh() {
  try {
    const answer = await fetch(location.href, {cache: 'no-store', redirect: 'manual'});
    if (answer.type === 'opaqueredirect') {
      isLoggedOut = true;
      events.close();
      say('You are logged out: load the page again.');
      return;
    }
    if (answer.status === 503) {
      say('The service has no database at the moment. What is shown is old.');
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const place = focused();
    update(document.querySelector('main'), fresh.querySelector('main'));
    update(document.getElementById('as-of'), fresh.getElementById('as-of'));
    focusAgain(place);
  } catch (failure) {
    say('The service does not answer. What is shown is old.');
  }
}

function refreshSoon() {
  if (waiting === null) {
    waiting = setTimeout(() => {
      waiting = null;
      refresh();
    }, 200);
  }
}

function listen() {
  events = new EventSource('/v1/events');
  events.onopen = () => {
    say('Live.');
    refreshSoon();
  };
  events.onerror = () => {
    say('The connection to the service is lost. What is shown is old.');
    refreshSoon();
  };
  events.addEventListener('status', (event) => {
    const change = JSON.parse(event.data);
    say('Live. ' + change.name + ' is ' + change.after + '.');
    refreshSoon();
  });
}

// A page that nobody sees holds no connection.
document.addEventListener('visibilitychange', () => {
  events.close();
  if (document.visibilityState === 'visible' && !isLoggedOut) {
    listen();
  }
});
setInterval(() => {
  if (document.visibilityState === 'visible' && !isLoggedOut) {
    if (events.readyState === EventSource.CLOSED) {
      listen();
    }
    refreshSoon();
  }
}, interval);
listen();
