import { openShop } from "./shop.js";

openShop();
