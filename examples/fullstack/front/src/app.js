const response = await fetch('/api/visits', { method: 'POST' });
const { visits } = await response.json();
document.querySelector('output').value = visits;
