import { testWebStack } from "./web-stack.ts";

testWebStack("bookworm", "mariadb");
testWebStack("sid", "mysql");
