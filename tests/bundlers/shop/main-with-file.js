import wasm from "checkout-payments/storefront.wasm";
import { openShop } from "./shop.js";

openShop(wasm);
