import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { nothing, operation, param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import { emitTask } from '../webhooks/contact-events.ts';
import type { World } from '../world/world.ts';
import type { Task } from './contact-book.ts';
import { findContact, reading, writing } from './find-contact.ts';

const dueDate = z.iso.datetime({ offset: true });
const createBody = z.strictObject({
  title: requiredText,
  body: z.string().optional(),
  dueDate,
  completed: z.boolean(),
  assignedTo: z.string().optional(),
});
const updateBody = createBody.partial();
const completedBody = createBody.pick({ completed: true });

const all = '/contacts/{contactId}/tasks';
const one = `${all}/{taskId}`;

export const taskOperations = [
  operation(reading('GET', all), nothing, nothing, (call, world) => {
    const tasks = world.contacts.tasks.of(findContact(call, world).id);
    return jsonReply(200, { tasks: tasks.map(toAnswer), traceId: world.random.uuid() });
  }),
  operation(writing('POST', all), nothing, createBody, (call, world) => {
    const contact = findContact(call, world);
    const task = world.contacts.tasks.put({
      ...call.body,
      id: world.random.id(),
      contactId: contact.id,
      locationId: contact.locationId,
      dateAdded: new Date(world.clock.now()).toISOString(),
    });
    return {
      ...jsonReply(201, { task: toAnswer(task), traceId: world.random.uuid() }),
      after: () => emitTask('TaskCreate', task, contact.locationId, world),
    };
  }),
  operation(reading('GET', one), nothing, nothing, (call, world) =>
    jsonReply(200, { task: toAnswer(findTask(call, world).task), traceId: world.random.uuid() }),
  ),
  operation(writing('PUT', one), nothing, updateBody, (call, world) => changeTask(call, call.body, world)),
  operation(writing('PUT', `${one}/completed`), nothing, completedBody, (call, world) =>
    changeTask(call, call.body, world),
  ),
  operation(writing('DELETE', one), nothing, nothing, (call, world) => {
    const { task, locationId } = findTask(call, world);
    world.contacts.tasks.remove(task.id);
    return {
      ...jsonReply(200, { succeded: true, traceId: world.random.uuid() }),
      after: () => emitTask('TaskDelete', task, locationId, world),
    };
  }),
];

/** There is no event for an update as such; completing an open task fires TaskComplete. */
function changeTask(call: Call, changes: z.infer<typeof updateBody>, world: World): Reply {
  const { task: before, locationId } = findTask(call, world);
  const task = world.contacts.tasks.put({
    ...before,
    ...changes,
    title: changes.title ?? before.title,
    dueDate: changes.dueDate ?? before.dueDate,
    completed: changes.completed ?? before.completed,
  });
  const after = (): void => {
    if (task.completed && !before.completed) emitTask('TaskComplete', task, locationId, world);
  };
  return { ...jsonReply(200, { task: toAnswer(task), traceId: world.random.uuid() }), after };
}

function findTask(call: Call, world: World): { task: Task; locationId: string } {
  const contact = findContact(call, world);
  const task = world.contacts.tasks.get(contact.id, param(call, 'taskId'));
  if (task === undefined) throw refuse(404, 'Task not found');
  return { task, locationId: contact.locationId };
}

function toAnswer({ locationId: _locationId, ...answer }: Task): Omit<Task, 'locationId'> {
  return answer;
}
