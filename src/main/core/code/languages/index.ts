import type { CodeLanguage } from '../../../../shared/model/code.ts';
import { csharp } from './csharp.ts';
import { curl } from './curl.ts';
import { go } from './go.ts';
import { httpie } from './httpie.ts';
import { java } from './java.ts';
import type { Language } from './language.ts';
import { php } from './php.ts';
import { powershell } from './powershell.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { axiosScript, fetchScript } from './script.ts';

export const languages: Readonly<Record<Exclude<CodeLanguage, 'sdk'>, Language>> = {
  curl,
  fetch: fetchScript,
  axios: axiosScript,
  python,
  php,
  go,
  java,
  csharp,
  ruby,
  powershell,
  httpie,
};
