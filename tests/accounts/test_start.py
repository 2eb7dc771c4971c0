def test_start(client, db):
    assert client.get("/account/profile/").status_code == 302
