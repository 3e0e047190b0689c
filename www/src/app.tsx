import { gateway } from "./api/store";
import { Announcer } from "./components/Announcer";
import { ChallengeDialog } from "./components/ChallengeDialog";
import { CheckoutView } from "./components/CheckoutView";
import { Header } from "./components/Header";
import { ShopView } from "./components/ShopView";
import "./state/follow-up";
import { route } from "./state/route";

/** The whole page. */
export function App() {
  return (
    <>
      <a class="skip-link" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header />
      <main id="main">{route.value === "checkout" ? <CheckoutView /> : <ShopView />}</main>
      <footer class="site-footer">
        <p>Tidewick is the demo store of checkout-payments. {gateway() === "stripe" ? "Stripe is in test mode" : "The bank is a simulator"}; nothing here costs money.</p>
      </footer>
      <ChallengeDialog />
      <Announcer />
    </>
  );
}

// The address carries the view, so the jump is made by hand.
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main h1")?.focus();
}
