# Records for the cases of pan-judge: sourced by their cmd.
run() {   # ROOT
    printf '{"record":"run","schema":1,"run":"00000000-0000-4000-8000-000000000001","tool":"pan-finder","version":"0","host":"shop1","roots":["%s"],"roots_abs":["%s"]}\n' "$1" "$1"
}
read_whole() {   # PATH
    printf '{"record":"object","path":"%s","kind":"text","outcome":"read","size":10,"bytes":10,"findings":0}\n' "$1"
}
number() {   # PATH CONFIDENCE
    printf '{"record":"finding","path":"%s","where":"content","offset":5,"line":2,"class":"PAN_CLEAR","confidence":"%s","brand":"visa","pan":"411111******1111","digits":16,"fingerprint":"00112233445566778899aabbccddeeff","encoding":"ascii","reasons":["luhn"],"test_pan":false,"count":3}\n' "$1" "$2"
}
gap() {   # PATH REASON
    printf '{"record":"gap","path":"%s","reason":"%s"}\n' "$1" "$2"
}
end() {   # OBJECTS FINDINGS GAPS
    printf '{"record":"end","run":"00000000-0000-4000-8000-000000000001","ended":"2026-11-24T00:00:00Z","status":"complete","objects":%d,"bytes":10,"findings":%d,"gaps":%d,"seconds":1.0}\n' "$1" "$2" "$3"
}
judge() { "$BIN/pan-judge" --now=2026-11-25T00:00:00Z "$@"; }
