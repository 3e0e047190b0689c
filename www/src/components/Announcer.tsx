import { announcement } from "../state/announcer";

/** The place a screen reader listens to for small news, such as a change of the bag. */
export function Announcer() {
  return (
    <p class="visually-hidden" aria-live="polite" role="status">
      {announcement.value}
    </p>
  );
}
