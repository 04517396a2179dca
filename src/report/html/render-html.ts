import { createHash } from 'node:crypto';
import type { ImageReport, Report } from '../report.ts';
import { compared } from '../view/compared.ts';
import { describeImage, describeRun } from '../view/describe-image.ts';
import { inspected } from '../view/inspected.ts';
import { verdictWord } from '../view/verdict.ts';
import { comparisonPart } from './comparison-part.ts';
import { type Html, html } from './html.ts';
import { imagePart } from './image-part.ts';
import { inspectionPart } from './inspection-part.ts';
import { phrase } from './phrase.ts';
import { style } from './style.ts';

/** The report as one page that needs nothing else: no script, no address, and a policy that forbids both. */
export function renderHtml(report: Report, { paths }: { readonly paths?: number | undefined } = {}): string {
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleOf(report)}</title>
`;
  const page = html`</head>
<body>
${report.images.length > 1 || report.error !== undefined ? runPart(report) : undefined}${report.images.map((image) =>
  partOf(image, { run: report.run, paths }),
)}${footer(report)}</body>
</html>
`;
  // The style is ours alone and must stay as it is: the policy names its hash.
  return `${text}<style>${style}</style>\n${page.text}`;
}

type Options = { readonly run: Report['run']; readonly paths: number | undefined };

function partOf(image: ImageReport, options: Options): Html {
  const opened = inspected(image);
  if (opened !== undefined) return inspectionPart(image, opened);
  const both = compared(image);
  return both === undefined ? imagePart(image, options.run) : comparisonPart(image, both, options);
}

const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

function titleOf({ images }: Report): string {
  return images.length === 1 ? `stagegate: ${images[0]?.name ?? ''}` : 'stagegate';
}

function runPart(report: Report): Html {
  const { verdict, error } = report;
  const cause = error && html`<p><strong>Could not judge:</strong> ${phrase(error.message)}</p>\n`;
  const hint = error?.hint && html`<p><strong>What to do:</strong> ${phrase(error.hint)}</p>\n`;
  const rows = report.images.map(
    (image) => html`<li>${verdictWord[image.verdict]}: <code>${image.name}</code>, ${describeImage(image)}</li>\n`,
  );
  return html`<h1><span class="${verdict}">${verdictWord[verdict]}</span> <small>${describeRun(report)}</small></h1>
${cause}${hint || undefined}<ul>
${rows}</ul>
`;
}

function footer({ tool, builder, run }: Report): Html {
  const made = builder && ` · builder ${builder.name} (${builder.driver}) · BuildKit ${builder.buildkit}`;
  return html`<footer>${tool.name} ${tool.version} · ${run.startedAt}${made}</footer>\n`;
}
