import type { Unresolved } from "../api/types";
import { Icon } from "./Icon";
import { Moment } from "./Moment";

/** Since when something is open, what was tried, and when it goes on. */
export function Unsettled({ entry }: { entry: Unresolved }) {
  const { since, tries, next } = entry;
  return (
    <p class="unsettled tone-warn">
      <Icon name="clock" /> Open since <Moment at={since} />
      {tries > 0 && <>, tried {tries === 1 ? "once" : `${tries} times`}</>}. It goes on at <Moment at={next.at} />. {next.needsPerson && <PersonNeeded />}
    </p>
  );
}

/** By itself it may never end: somebody has to look. */
export function PersonNeeded() {
  return (
    <span class="badge tone-bad">
      <Icon name="alert" />A person is needed
    </span>
  );
}
