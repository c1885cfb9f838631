export function checkingPage(): string;
