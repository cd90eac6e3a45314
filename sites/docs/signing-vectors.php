<?php
// Prints docs/how-to/signing-vectors.json: what PHP itself makes of visitors, a salt and an ID.
// `php signing-vectors.php > docs/how-to/signing-vectors.json` (tests/core/test_signing_vectors.py compares).

$salt = 'a-made-up-salt';
$ids = ['5f1e2d3c4b5a69788796a5b4', '000000000000000000000000', 'any text, é and 😀'];
// As JSON, because only so an object without members differs from an empty list.
$visitors = [
    '{}',
    '{"name":"John Doe","email":"john@example.org"}',
    '{"email":"john@example.org","name":"John Doe"}',
    '{"name":"Zoë 😀 北京","notes":"a/b \"c\" \'d\' \\\\ <e> & \u2028"}',
    '{"notes":"\u0000\b\t\n\f\r\u001f\u007f\u00a0"}',
    '{"phone":"+1 555 0100","custom":{"plan":"pro","balance":1000,"active":true,"since":null}}',
    '{"custom":{"empty":{},"list":[],"nested":{"a":[1,{"b":"c"}]}}}',
    '{"custom":{"rate":0.1,"whole":2.0,"negative":-1.5,"third":0.3333333333333333}}',
    '{"custom":{"small":0.0001,"smaller":0.00001,"large":1e16,"larger":1e17,"most":1.7976931348623157e308}}',
];

$hashes = [];
foreach ($visitors as $text) {
    $visitor = json_decode($text);
    $json = json_encode($visitor);
    $hashes[] = ['visitor' => $visitor, 'json' => $json, 'visitorIntegrityHash' => sha1($salt . $json)];
}
$tokens = [];
foreach ($ids as $id) {
    $tokens[] = ['id' => $id, 'token' => sha1($salt . $id)];
}
$flags = JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;
echo json_encode(['salt' => $salt, 'tokens' => $tokens, 'hashes' => $hashes], $flags), "\n";
