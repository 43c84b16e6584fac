/** What the query asks for, as chips, and the menus that add to it. Both write the query and read it. */
import { ListFilter, X } from 'lucide-react';
import type { Condition } from '../../../shared/query/condition.ts';
import { fieldKeys, fields, type Choice, type FieldKey } from '../../../shared/query/fields.ts';
import { printCondition } from '../../../shared/query/print.ts';
import { Menu, MenuCheck, MenuLine, SubMenu } from '../../ui/menu.tsx';
import type { ListQuery } from './use-query.ts';

const chosenOnce: readonly FieldKey[] = ['last', 'after', 'before'];
const withoutMenu: readonly FieldKey[] = ['entity', 'path', 'after', 'before', 'is'];

type AddFilterProps = {
  readonly query: ListQuery;
  readonly choices: (key: FieldKey) => readonly Choice[];
};

const fieldCondition = (key: FieldKey, value: string, not = false): Condition => ({
  kind: 'field',
  not,
  key,
  value,
});

function Values({ query, choices, field }: AddFilterProps & { readonly field: FieldKey }) {
  const values = choices(field);
  if (values.length === 0) return <p className="quiet-line">Nothing to choose from yet.</p>;
  return values.map(({ value, detail }) => {
    const condition = fieldCondition(field, value);
    return (
      <MenuCheck
        key={value}
        checked={query.has(condition)}
        onChange={(checked) =>
          chosenOnce.includes(field)
            ? query.replace(chosenOnce, checked ? [condition] : [])
            : query.toggle(condition, checked)
        }
      >
        {value}
        {detail !== undefined && detail !== '' && <span className="end">{detail}</span>}
      </MenuCheck>
    );
  });
}

export function AddFilter({ query, choices }: AddFilterProps) {
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="btn quiet" aria-label="Add a filter">
          <ListFilter aria-hidden />
          Filter
        </button>
      }
    >
      {fieldKeys
        .filter((key) => !withoutMenu.includes(key))
        .map((key) => (
          <SubMenu key={key} name={fields[key].name}>
            <Values query={query} choices={choices} field={key} />
          </SubMenu>
        ))}
      <MenuLine />
      {fields.is.choices.flatMap(({ value, detail }) =>
        [false, true].map((not) => {
          const condition = fieldCondition('is', value, not);
          const opposite = fieldCondition('is', value, !not);
          return (
            <MenuCheck
              key={`${value}-${String(not)}`}
              checked={query.has(condition)}
              onChange={(checked) => {
                const others = query.conditions.filter(
                  (one) => one.kind === 'field' && one.key === 'is' && one.value !== value,
                );
                if (query.has(opposite)) query.replace(['is'], checked ? [...others, condition] : others);
                else query.toggle(condition, checked);
              }}
            >
              {not ? `Not ${value}` : `${value.charAt(0).toUpperCase()}${value.slice(1)}`}
              {!not && <span className="end">{detail}</span>}
            </MenuCheck>
          );
        }),
      )}
    </Menu>
  );
}

/** Each condition, with the way to take it out; nothing where there is none. */
export function Chips({ query }: { readonly query: ListQuery }) {
  if (query.conditions.length === 0 && query.problems.length === 0) return null;
  return (
    <div className="query-chips">
      {query.conditions.map((condition) => {
        const printed = printCondition(condition);
        return (
          <button
            key={printed}
            type="button"
            className="chip on"
            aria-label={`Remove ${printed}`}
            onClick={() => query.toggle(condition, false)}
          >
            {condition.kind === 'field' ? (
              <>
                <span className="faint">
                  {fields[condition.key].name}
                  {condition.not ? ' not' : ''}
                </span>
                {condition.value}
              </>
            ) : (
              <span className="mono">{printed}</span>
            )}
            <X aria-hidden />
          </button>
        );
      })}
      {query.conditions.length > 1 && (
        <button type="button" className="chip" onClick={() => query.setText('')}>
          Clear all
        </button>
      )}
      {query.problems.map((problem) => (
        <p key={problem} className="query-problem" role="status">
          {problem}
        </p>
      ))}
    </div>
  );
}
