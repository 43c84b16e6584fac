import { codeWish, writtenCode } from '../model/code.ts';
import { procedure } from './base.ts';

export const code = {
  /** A request as a program in one of the usual languages; nothing is sent, and no token is in it. */
  write: procedure.input(codeWish).output(writtenCode),
};
