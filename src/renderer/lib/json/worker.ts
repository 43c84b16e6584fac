/** The program of the worker that holds a JSON body, so that 50 MB of it never hold up the window. */
import { expose, proxy } from 'comlink';
import { createJsonDocument, type BodyForm } from './document.ts';

const create = (form: BodyForm) => proxy(createJsonDocument(form));
export type CreateDocument = typeof create;

expose(create);
