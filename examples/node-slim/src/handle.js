import Negotiator from 'negotiator';

const WELCOMES = { en: 'Welcome', de: 'Willkommen', fr: 'Bienvenue', pt: 'Bem-vindo' };

/** Answers GET / with a welcome in the language that the request prefers, English if it asks for none of ours. */
export function handle(request, response) {
  if (request.method !== 'GET' || request.url !== '/') {
    response.writeHead(404).end();
    return;
  }
  const language = new Negotiator(request).language(Object.keys(WELCOMES)) ?? 'en';
  response
    .writeHead(200, { 'Content-Type': 'text/plain', 'Content-Language': language, Vary: 'Accept-Language' })
    .end(`${WELCOMES[language]}\n`);
}
