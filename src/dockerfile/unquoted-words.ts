import { isSpace } from './go-space.ts';

/** Splits at unquoted white space while the text is being expanded. */
export class UnquotedWords {
  private readonly words: string[] = [];
  private word = '';

  add(character: string): void {
    if (!isSpace(character)) this.word += character;
    else this.cut();
  }

  addRaw(text: string): void {
    this.word += text;
  }

  end(): readonly string[] {
    this.cut();
    return this.words;
  }

  private cut(): void {
    if (this.word !== '') this.words.push(this.word);
    this.word = '';
  }
}
