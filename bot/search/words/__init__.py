"""Reads the words of a text: its spelling in chat, its small words, what it asks for, what it quotes."""
